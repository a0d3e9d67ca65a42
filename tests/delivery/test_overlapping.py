"""Nobody is enrolled in two exam sessions of the same time, however it would come about."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from typing import Any

import exam_rooms
import forms
import publishing
import pytest
from callers import Caller
from flask import Flask
from sqlalchemy.orm import Session
from world import IDENTITY_NUMBERS, NAMES, World

from examsvc.core.db import Database, get
from examsvc.core.errors import Refusal
from examsvc.delivery import enrolling, faults, importing, moving, planning
from examsvc.delivery.enrolling import Person
from examsvc.delivery.errors import CandidateSitsElsewhere
from examsvc.delivery.models import Enrolment, ExamSession
from examsvc.delivery.workbooks import EMPTY, Cell, Line

WANG = Person(NAMES[0], IDENTITY_NUMBERS[0])
SOMEBODY_ELSE = Person("周舟", "310101199001010012")
TOLD = {"name": WANG.name, "exam_session": "S1"}
LENGTH = 120
"""Minutes of the windows, of S1 as of the others."""


@pytest.fixture
def act(world: World) -> dict[str, Any]:
    return {"by": world.by("office"), "now": world.now}


def planned(db: Session, world: World, act: dict[str, Any], minutes: int, code: str = "O1") -> ExamSession:
    """Return a draft that starts so many minutes after S1, in which the world's people sit."""
    plan, shift = forms.plan(world, code, paper_id=world.paper.id), timedelta(minutes=minutes)
    moved = replace(plan, starts_at=plan.starts_at + shift, ends_at=plan.ends_at + shift)
    return planning.create_session(db, moved, **act)


def published(db: Session, world: World, act: dict[str, Any], minutes: int, *people: Person) -> ExamSession:
    created = planned(db, world, act, minutes)
    exam_rooms.give_room(db, created, **act)
    for person in people:
        enrolling.enrol(db, created.id, person, **act)
    return publishing.publish(db, created.id, **act)


@pytest.mark.parametrize("minutes", [0, LENGTH - 1])
def test_who_sits_at_that_time_is_not_enrolled_and_the_other_session_is_named(
    app: Flask, database: Database, world: World, act: dict[str, Any], minutes: int
) -> None:
    with database.transaction() as db:
        draft = planned(db, world, act, minutes)
    body = {"name": WANG.name, "identity_number": WANG.identity_number}
    refused = Caller(app).log_in("office").post(f"/api/exam-sessions/{draft.id}/enrolments", body)
    assert (refused.status_code, refused.json["code"]) == (409, "candidate_sits_elsewhere")
    assert TOLD.items() <= refused.json.items()


def test_one_exam_may_begin_when_the_other_ends(database: Database, world: World, act: dict[str, Any]) -> None:
    with database.transaction() as db:
        enrolling.enrol(db, planned(db, world, act, LENGTH).id, WANG, **act)


def test_cancelled_sessions_and_rehearsals_take_nobodys_time(
    database: Database, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        first, second = (planned(db, world, act, 0, code) for code in ("O1", "O2"))
        known = get(db, ExamSession, world.exam_session.id)
        known.is_rehearsal = True
        enrolling.enrol(db, first.id, WANG, **act)
        planning.cancel_session(db, first.id, reason="停电", **act)
        enrolling.enrol(db, second.id, WANG, **act)


def test_the_dry_run_of_a_list_says_it_of_the_row_and_nobody_is_enrolled(
    database: Database, world: World, act: dict[str, Any]
) -> None:
    people = (SOMEBODY_ELSE, WANG)
    lines = [
        Line(row, Cell("text", one.name), Cell("text", one.identity_number), EMPTY) for row, one in enumerate(people, 2)
    ]
    with database.transaction() as db:
        draft = planned(db, world, act, 30)
        looked_at = importing.preview(db, draft.id, lines, now=world.now)
        assert [(row.outcome, row.code) for row in looked_at.rows] == [
            ("ok", None), ("error", "candidate_sits_elsewhere"),
        ]  # fmt: skip
        assert looked_at.rows[1].extra == TOLD
        assert importing.import_lines(db, draft.id, lines, **act).enrolled == 0
        assert enrolling.enrolments_of(db, draft.id) == []


def test_a_start_is_not_moved_to_where_a_candidate_sits_elsewhere(
    database: Database, world: World, act: dict[str, Any]
) -> None:
    starts_at = world.exam_session.starts_at
    with database.transaction() as db:
        held = published(db, world, act, 24 * 60, WANG, SOMEBODY_ELSE)
        with pytest.raises(CandidateSitsElsewhere) as refused:
            moving.move_start(db, held.id, starts_at + timedelta(minutes=LENGTH - 1), reason="停电", **act)
        assert refused.value.extra == TOLD
    with database.transaction() as db:
        there = starts_at + timedelta(minutes=LENGTH)
        assert moving.move_start(db, held.id, there, reason="停电", **act).starts_at == there


def test_a_draft_is_not_changed_to_a_time_at_which_a_candidate_sits_elsewhere(
    database: Database, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        draft = planned(db, world, act, 24 * 60)
        enrolling.enrol(db, draft.id, WANG, **act)
    known = world.exam_session
    with database.transaction() as db, pytest.raises(CandidateSitsElsewhere):
        planning.change_session(db, draft.id, {"starts_at": known.starts_at, "ends_at": known.ends_at}, **act)
    with database.transaction() as db:
        planning.change_session(db, draft.id, {"title": "另一场"}, **act)


def test_what_is_older_than_the_rule_is_a_fault_not_published_and_may_be_moved_apart(
    database: Database, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        held = published(db, world, act, 24 * 60, WANG, SOMEBODY_ELSE)
        held.starts_at, held.ends_at = world.exam_session.starts_at, world.exam_session.ends_at
        db.flush()
        assert [one["code"] for one in faults.of(db, held)].count("candidate_sits_elsewhere") == 1
        moving.move_start(db, held.id, world.now + timedelta(minutes=1), reason="停电", **act)  # no worse than before
        draft = planned(db, world, act, 48 * 60, "O2")
        exam_rooms.give_room(db, draft, **act)
        enrolling.enrol(db, draft.id, WANG, **act)
        draft.starts_at, draft.ends_at = held.starts_at, held.ends_at
        with pytest.raises(CandidateSitsElsewhere):
            publishing.publish(db, draft.id, **act)


def test_of_two_who_enrol_the_same_person_at_once_one_is_refused(
    database: Database, world: World, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        drafts = [planned(db, world, act, 24 * 60, code).id for code in ("O1", "O2")]
    start = Barrier(2)

    def enrol(session_id: Any) -> str:
        start.wait()
        try:
            with database.transaction() as db:
                enrolling.enrol(db, session_id, WANG, **act)
        except Refusal as refusal:
            return refusal.code
        return "enrolled"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(enrol, drafts)) == ["candidate_sits_elsewhere", "enrolled"]
    with database.reading() as db:
        assert db.query(Enrolment).filter(Enrolment.exam_session_id.in_(drafts)).count() == 1
