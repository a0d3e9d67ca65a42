"""Exam sessions with several forms: who is given which paper, and that it stays theirs."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID

import exam_rooms
import forms
import publishing
import pytest
from callers import Caller
from flask import Flask
from scenes import scene
from sitters import Sitter
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from world import World

from examsvc import worker
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.core.errors import Refusal
from examsvc.delivery import enrolling, importing, planning, proving
from examsvc.delivery.errors import (
    PaperIsOneCandidates,
    PaperOpened,
    PaperPlanUnclear,
    TooFewForms,
)
from examsvc.delivery.models import Enrolment, ExamSession, Sitting
from examsvc.delivery.workbooks import Cell, Line
from questionbank import redrawing
from questionbank.errors import PaperCompromised, PaperNotRegistered
from questionbank.kinds import DrawKind
from questionbank.lifecycle import ItemState
from questionbank.models import ItemVersion, Paper, PaperDraw, PaperItem
from scoring.theory_part import theory_components

LATE = enrolling.Person("赵六", "440524188001010014")
LATER = enrolling.Person("新人", "110101190001010102")


@pytest.fixture
def act(world: World) -> dict[str, Any]:
    return {"by": world.by("office"), "now": world.now}


@scene
def filled(database: Database, world: World) -> World:
    with database.transaction() as db:
        forms.fill(db, world)
    return world


@pytest.fixture
def held(database: Database, filled: World) -> Callable[..., ExamSession]:
    """Hold a session with a draw: `held(kind, count)`."""

    def hold(kind: DrawKind, count: int, **columns: Any) -> ExamSession:
        with database.transaction() as db:
            drawn = forms.draw(db, filled, kind, count)
            return forms.hold(db, filled, draw_id=drawn.id, **columns)

    return hold


def papers_of(database: Database, exam_session: ExamSession) -> list[int | None]:
    with database.reading() as db:
        return [sitting.form_number for sitting in forms.sittings_of(db, exam_session)]


def test_parallel_forms_go_by_seat_and_who_is_enrolled_late_gets_the_next_one(
    held: Callable[..., ExamSession], database: Database, act: dict[str, Any]
) -> None:
    exam_session = held(DrawKind.PARALLEL, 2)
    with database.transaction() as db:
        enrolling.enrol(db, exam_session.id, LATE, **act)
    assert papers_of(database, exam_session) == [1, 2, 1, 2]


def test_individual_forms_are_given_once_in_whatever_session(
    held: Callable[..., ExamSession], database: Database, filled: World, act: dict[str, Any]
) -> None:
    first = held(DrawKind.INDIVIDUAL, 7)
    with database.transaction() as db:
        second = forms.hold(db, filled, "F2", draw_id=first.draw_id)
        enrolling.enrol(db, first.id, LATE, **act)
    assert papers_of(database, first) == [1, 2, 3, 7]
    assert papers_of(database, second) == [4, 5, 6]
    with database.transaction() as db, pytest.raises(TooFewForms) as refused:
        enrolling.enrol(db, second.id, LATER, **act)
    assert refused.value.extra == {"needed": 1, "free": 0, "missing": 1}


def test_a_draw_with_too_few_forms_is_not_published_and_says_how_many_are_missing(
    held: Callable[..., ExamSession], database: Database, filled: World
) -> None:
    with pytest.raises(TooFewForms) as refused:
        held(DrawKind.INDIVIDUAL, 1)
    assert refused.value.extra == {"needed": 3, "free": 1, "missing": 2}


def test_more_forms_are_drawn_for_a_draw_that_ran_out_and_each_can_be_drawn_again(
    app: Flask, held: Callable[..., ExamSession], database: Database, act: dict[str, Any]
) -> None:
    exam_session = held(DrawKind.INDIVIDUAL, 3)
    office = Caller(app).log_in("office")
    path = f"/api/exam-sessions/{exam_session.id}"
    assert office.get(path).json["draw"]["free"] == 0
    for number in (4, 5):
        more = _more(office, database, exam_session.draw_id)
        assert [paper["form_number"] for paper in more["papers"]] == [number]
    assert [paper["form_number"] for paper in _more(office, database, more["draw_id"])["papers"]] == [6]
    shown = office.get(path).json["draw"]
    assert (shown["kind"], shown["count"], shown["free"]) == ("INDIVIDUAL", 6, 3)
    (offered,) = office.get("/api/exam-sessions/choices").json["draws"]
    assert offered == shown
    with database.transaction() as db:
        late = enrolling.enrol(db, exam_session.id, LATE, **act).sitting
        assert late.form_number == 4
        assert all(step.holds for step in redrawing.steps(db, late.paper_id or UUID(int=0)))
        given = get(db, Paper, late.paper_id)
        assert len(given.practical_tasks) == len(get(db, PaperDraw, exam_session.draw_id).papers[0].practical_tasks)


def _more(office: Caller, database: Database, draw_id: object) -> dict[str, Any]:
    """Ask for one more form, let the worker draw it, and return its set."""
    job = office.post(f"/api/paper-sets/{draw_id}/more", {"count": 1}).json
    assert worker.run_jobs_once(database) == 1
    done = office.get(f"/api/jobs/{job['job_id']}").json
    return dict(office.get(f"/api/paper-sets/{done['result']['draw_id']}").json)


def test_parallel_forms_are_not_continued(app: Flask, held: Callable[..., ExamSession]) -> None:
    exam_session = held(DrawKind.PARALLEL, 2)
    refused = Caller(app).log_in("office").post(f"/api/paper-sets/{exam_session.draw_id}/more", {"count": 1})
    assert refused.json["code"] == "only_individual_forms_continued"


def test_what_candidates_saw_is_proved_and_another_order_is_found_out(
    app: Flask, held: Callable[..., ExamSession], database: Database, moving_clock: MovableClock, filled: World
) -> None:
    exam_session = held(DrawKind.INDIVIDUAL, 3)
    with database.reading() as db:
        enrolment = enrolling.enrolments_of(db, exam_session.id)[0]
        sitting = get(db, Sitting, enrolment.sitting.id)
        order = sitting.arrangement
    Sitter(app, enrolment, moving_clock).begin()
    for paper_id in (sitting.paper_id, filled.paper.id):
        assert paper_id
        with database.reading() as db:
            assert all(step.holds for step in proving.steps(db, paper_id))
    moved = [*order[1:], order[0]]
    with database.transaction() as db:
        db.execute(update(Sitting).where(Sitting.id == sitting.id).values(arrangement=moved))
    assert sitting.paper_id
    with database.reading() as db:
        found = list(proving.steps(db, sitting.paper_id))
    assert [step.name for step in found if not step.holds] == ["1 orders", "1 opened papers"]


def test_the_office_is_shown_who_has_which_form_and_each_paper_as_its_candidate_sees_it(
    app: Flask, held: Callable[..., ExamSession], database: Database, moving_clock: MovableClock
) -> None:
    exam_session = held(DrawKind.PARALLEL, 2)
    path = f"/api/exam-sessions/{exam_session.id}/enrolments"
    office = Caller(app).log_in("office")
    shown = office.get(path).json["items"]
    assert [one["form_number"] for one in shown] == [1, 2, 1]
    assert len({one["paper_id"] for one in shown}) == 2
    with database.reading() as db:
        enrolments = enrolling.enrolments_of(db, exam_session.id)
    for enrolment in enrolments:
        seen = Sitter(app, enrolment, moving_clock).begin().paper()
        assert office.get(f"{path}/{enrolment.id}/paper").json == {**seen, "server_now": moving_clock().isoformat()}
    assert Caller(app).log_in("proctor1").get(f"{path}/{enrolments[0].id}/paper").status_code == 403


def test_an_individual_form_is_shown_as_drawn_and_others_as_far_as_the_session_says(
    held: Callable[..., ExamSession], database: Database, filled: World
) -> None:
    own = held(DrawKind.INDIVIDUAL, 3)
    with database.transaction() as db:
        still = forms.hold(db, filled, "F2", paper_id=filled.paper.id, shuffle_questions=False, shuffle_options=False)
        options = forms.hold(db, filled, "F3", paper_id=filled.paper.id, shuffle_questions=False)
        for sitting in forms.sittings_of(db, own):
            assert sitting.paper
            orders = {item.ref: item.option_order for item in sitting.paper.items}
            assert list(orders) == [place["ref"] for place in sitting.arrangement]
            assert all(place["options"] == (orders[place["ref"]] or []) for place in sitting.arrangement)
        assert len({str(sitting.arrangement) for sitting in forms.sittings_of(db, still)}) == 1
        assert len({str(sitting.arrangement) for sitting in forms.sittings_of(db, options)}) == 3
        assert len({str([place["ref"] for place in one.arrangement]) for one in forms.sittings_of(db, options)}) == 1


def test_the_analysis_pools_what_several_forms_asked(
    app: Flask, held: Callable[..., ExamSession], database: Database, moving_clock: MovableClock
) -> None:
    exam_session = held(DrawKind.INDIVIDUAL, 3)
    with database.reading() as db:
        enrolments = enrolling.enrolments_of(db, exam_session.id)
        items = {one.id: given.items for one in enrolments if (given := get(db, Sitting, one.sitting.id).paper)}
        asked_in = Counter(item.item_version_id for form in items.values() for item in form)
        answers = {enrolment_id: forms.right_answers(form) for enrolment_id, form in items.items()}
    for enrolment in enrolments:
        sitter = Sitter(app, enrolment, moving_clock).begin()
        sitter.send(*(sitter.entry(*one) for one in answers[enrolment.id].items()))
        sitter.hand_in()
    found = Caller(app).log_in("office").get(f"/api/exam-sessions/{exam_session.id}/analysis").json
    assert found["people"] == 3
    assert {UUID(line["version_id"]): line["asked"] for line in found["items"]} == asked_in
    assert {line["difficulty"] for line in found["items"]} == {1}
    with database.reading() as db:
        for version_id in asked_in:
            papers = db.scalar(select(func.count()).select_from(PaperItem).filter_by(item_version_id=version_id))
            assert get(db, ItemVersion, version_id).drawn_count == papers


def test_an_import_that_needs_more_forms_than_are_left_says_how_many_and_enrols_nobody(
    held: Callable[..., ExamSession], database: Database, act: dict[str, Any]
) -> None:
    exam_session = held(DrawKind.INDIVIDUAL, 4)
    cells = [(Cell("text", one.name), Cell("text", one.identity_number)) for one in (LATE, LATER)]
    lines = [Line(row, *cell, Cell("empty", "")) for row, cell in enumerate(cells, start=2)]
    with pytest.raises(TooFewForms) as refused, database.transaction() as db:
        importing.import_lines(db, exam_session.id, lines, **act)
    assert refused.value.extra == {"needed": 2, "free": 1, "missing": 1}
    with database.transaction() as db:
        assert importing.import_lines(db, exam_session.id, lines[:1], **act).enrolled == 1


def test_the_database_gives_no_individual_form_to_two_sittings(
    held: Callable[..., ExamSession], database: Database
) -> None:
    exam_session = held(DrawKind.INDIVIDUAL, 3)
    with pytest.raises(IntegrityError), database.transaction() as db:
        first, second, _ = forms.sittings_of(db, exam_session)
        second.paper_id = first.paper_id


def test_of_two_sessions_published_at_once_none_is_given_the_forms_of_the_other(
    database: Database, filled: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        drawn = forms.draw(db, filled, DrawKind.INDIVIDUAL, 3)
        sessions = [
            planning.create_session(db, forms.plan(filled, code, draw_id=drawn.id), **act).id for code in ("F1", "F2")
        ]
        for code, session_id in zip(("F1", "F2"), sessions, strict=True):
            exam_rooms.give_room(db, session_id, **act)
            for number in (0, 1):
                person = enrolling.Person("赵六", forms.own_number(code, number))
                enrolling.enrol(db, session_id, person, **act)
    start = Barrier(2)

    def publish(session_id: Any) -> str:
        start.wait()
        try:
            with database.transaction() as db:
                publishing.publish(db, session_id, **act)
        except Refusal as refusal:
            return refusal.code
        return "published"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(publish, sessions)) == ["published", "too_few_forms"]
    with database.reading() as db:
        given = [sitting.paper_id for one in sessions for sitting in forms.sittings_of(db, get(db, ExamSession, one))]
    assert len({paper_id for paper_id in given if paper_id}) == 2


def test_a_paper_that_was_opened_is_not_changed(
    app: Flask, held: Callable[..., ExamSession], database: Database, moving_clock: MovableClock
) -> None:
    exam_session = held(DrawKind.PARALLEL, 2)
    with database.reading() as db:
        first, second, _ = enrolling.enrolments_of(db, exam_session.id)
    Sitter(app, first, moving_clock).begin()
    tries: list[dict[str, Any]] = [{"paper_id": second.sitting.paper_id}, {"arrangement": []}]
    for changes in tries:
        with pytest.raises(PaperOpened), database.transaction() as db:
            sitting = get(db, Sitting, first.sitting.id)
            for name, value in changes.items():
                setattr(sitting, name, value)


def test_a_plan_names_one_paper_or_one_draw(database: Database, filled: World, act: dict[str, Any]) -> None:
    with database.transaction() as db:
        drawn = forms.draw(db, filled, DrawKind.INDIVIDUAL, 2)
        own = drawn.papers[0].id
        refused: dict[type[Refusal], list[dict[str, Any]]] = {
            PaperPlanUnclear: [{}, {"paper_id": filled.paper.id, "draw_id": drawn.id}],
            PaperIsOneCandidates: [{"paper_id": own}],
        }
        for refusal, plans in refused.items():
            for columns in plans:
                with pytest.raises(refusal):
                    planning.create_session(db, forms.plan(filled, **columns), **act)
        created = planning.create_session(db, forms.plan(filled, paper_id=filled.paper.id), **act)
        changed = planning.change_session(db, created.id, {"paper_id": None, "draw_id": drawn.id}, **act)
        assert (changed.paper_id, changed.draw.kind if changed.draw else None) == (None, DrawKind.INDIVIDUAL)


def test_each_form_of_a_draw_must_be_of_the_registered_bank(
    database: Database, filled: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        drawn = forms.draw(db, filled, DrawKind.PARALLEL, 2)
        drawn.papers[1].bank_version_id = None
        db.flush()
        with pytest.raises(PaperNotRegistered):
            planning.create_session(db, forms.plan(filled, draw_id=drawn.id), **act)


def test_a_form_that_became_known_stops_a_parallel_draw_and_is_passed_over_in_an_individual_one(
    database: Database, filled: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        parallel = forms.draw(db, filled, DrawKind.PARALLEL, 3)
        individual = forms.draw(db, filled, DrawKind.INDIVIDUAL, 6)
        known = get(db, ItemVersion, individual.papers[0].items[0].item_version_id)
        known.state = ItemState.COMPROMISED
        db.flush()
        is_known = {paper.form_number: known.id in asked(paper) for paper in individual.papers}
        with pytest.raises(PaperCompromised):
            planning.create_session(db, forms.plan(filled, draw_id=parallel.id), **act)
        exam_session = forms.hold(db, filled, draw_id=individual.id)
        given = [sitting.form_number for sitting in forms.sittings_of(db, exam_session)]
    assert given == [number for number, known_too in is_known.items() if not known_too][:3]


def asked(paper: Any) -> set[Any]:
    return {item.item_version_id for item in paper.items}


@pytest.mark.parametrize("kind", [DrawKind.PARALLEL, DrawKind.INDIVIDUAL])
def test_a_candidate_is_shown_answers_and_is_scored_on_their_own_form_alone(
    app: Flask, held: Callable[..., ExamSession], database: Database, moving_clock: MovableClock, kind: DrawKind
) -> None:
    exam_session = held(kind, 3)
    with database.reading() as db:
        enrolments = enrolling.enrolments_of(db, exam_session.id)
        items = {one.id: given.items for one in enrolments if (given := get(db, Sitting, one.sitting.id).paper)}
        stems = {one.id: {item.item_version.content["stem"] for item in items[one.id]} for one in enrolments}
        answers = {one.id: forms.right_answers(items[one.id]) for one in enrolments}
    seen = []
    for enrolment in enrolments:
        sitter = Sitter(app, enrolment, moving_clock).begin()
        shown = [question for section in sitter.paper()["sections"] for question in section["questions"]]
        assert {question["stem"] for question in shown} == stems[enrolment.id]
        seen.append(frozenset(stems[enrolment.id]))
        refused = sitter.send({**sitter.entry("q99", {"value": True}), "seq": 1})
        assert refused.json["code"] == "unknown_question"
        sitter.seq = 0
        assert sitter.send(*(sitter.entry(*one) for one in answers[enrolment.id].items())).status_code == 200
        assert sitter.hand_in().status_code == 200
    assert len(set(seen)) == 3
    with database.reading() as db:
        parts = [theory_components(db, get(db, Enrolment, one.id)).values() for one in enrolments]
    assert [[known.component.points for known in part] for part in parts] == [[50_00, 50_00]] * 3
