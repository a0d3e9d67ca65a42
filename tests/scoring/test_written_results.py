"""What was written counts in the result, exactly, and no result is ready before all of a session is marked."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from callers import Caller
from flask import Flask
from papers_in_writing import Desk, answers_to
from scenes import scene
from sqlalchemy import select, update
from tablets import Tablet
from world import World

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, only
from examsvc.delivery import enrolling
from examsvc.delivery.models import Enrolment, Response, Sitting
from examsvc.delivery.states import SittingState
from questionbank.models import Paper
from scoring import outcomes
from scoring.models import Result
from scoring.theory_part import theory_components
from scoring.written.models import WrittenAnswer, WrittenMark

pytestmark = pytest.mark.slow

Sit = Callable[..., None]
Open = Callable[[str], Desk]
Lend = Callable[..., Tablet]


@scene
def sat(divided: Paper, examined: World, sit: Sit, tablet: Lend) -> World:
    """All practical sheets signed; one candidate wrote, one left all blank, one never came."""
    for name in ("examiner1", "examiner2"):
        own = tablet(name)
        for line in own.sheets(examined.exam_session.id):
            own.finish(line["sheet_id"])
    sit(examined.enrolments[0], answers_to(divided))
    sit(examined.enrolments[1], {})
    sit(examined.enrolments[2], {}, SittingState.ABSENT)
    return examined


def close(app: Flask, world: World) -> Any:
    return Caller(app).log_in("office").post(f"/api/exam-sessions/{world.exam_session.id}/written-marking/closure", {})


def states_of(database: Database, world: World) -> list[str]:
    with database.reading() as db:
        return [str(_result(db, enrolment).state) for enrolment in world.enrolments]


def _result(db: Any, enrolment: Enrolment) -> Result:
    found = only(db, Result, enrolment_id=enrolment.id)
    assert found is not None
    return found


def mark_both(desk: Open, one: int = 80, two: int = 80) -> None:
    desk("examiner1").mark_all(one)
    desk("examiner2").mark_all(two)


def test_no_result_of_the_session_is_ready_before_all_of_it_is_marked_and_closed(
    sat: World, app: Flask, desk: Open, database: Database
) -> None:
    assert states_of(database, sat) == ["INCOMPLETE"] * 3
    refused = close(app, sat).json
    assert (refused["code"], refused["unmarked"], refused["disputed"], refused["sittings"]) == (
        "written_answers_unmarked", 6, 0, 0,
    )  # fmt: skip
    mark_both(desk)
    assert states_of(database, sat) == ["INCOMPLETE"] * 3
    assert close(app, sat).json["state"] == "CLOSED"
    assert states_of(database, sat) == ["READY"] * 3


def test_the_theory_score_is_what_machine_and_people_gave_together(
    sat: World, app: Flask, desk: Open, database: Database
) -> None:
    mark_both(desk, one=80, two=75)
    assert close(app, sat).status_code == 200
    with database.reading() as db:
        found = theory_components(db, db.get_one(Enrolment, sat.enrolments[0].id)).values()
        points = [known.component.points for known in found]
        total = _result(db, sat.enrolments[0]).total
    # short 16 and 15; true or false 20; of the case 1⅔ by the machine, 2.5 and 2.5 of 3⅓, 4 and 3.5 of 5.
    assert points == [Fraction(15_50 + 20_00 + 2_50 + 3_75) + Fraction(500, 3)] * 2
    assert total == round(60_00 + 40 * Fraction(points[0], 50), -1)


def test_marks_and_their_exact_worth_are_evidence_of_the_result(
    sat: World, app: Flask, desk: Open, database: Database
) -> None:
    mark_both(desk)
    close(app, sat)
    with database.reading() as db:
        stored = _result(db, sat.enrolments[0])
        again = outcomes.recompute(db, sat.enrolments[0].id)
        assert (again.digest, again.breakdown) == (stored.digest, stored.breakdown)
    questions = [one for line in stored.breakdown for one in line["evidence"].get("questions", [])]
    told = [part for one in questions for part in one.get("marked", [])]
    assert len(told) == 6
    assert {len(part["marks"]) for part in told} == {2}


@pytest.mark.parametrize(
    ("changes", "is_complete"), [({"value": 1_00}, True), ({"note": "后改"}, True), ({"value": None}, False)]
)
def test_an_altered_mark_no_longer_gives_the_stored_result(
    sat: World, app: Flask, desk: Open, database: Database, changes: dict[str, Any], is_complete: bool
) -> None:
    mark_both(desk)
    close(app, sat)
    with database.transaction() as db:
        db.execute(update(WrittenMark).values(**changes))
    with database.reading() as db:
        again = outcomes.recompute(db, sat.enrolments[0].id)
        assert again.digest != _result(db, sat.enrolments[0]).digest
    assert (again.digest is not None) is is_complete


def test_an_answer_that_was_altered_after_it_was_marked_is_not_settled(
    sat: World, app: Flask, desk: Open, database: Database
) -> None:
    mark_both(desk)
    close(app, sat)
    with database.transaction() as db:
        sitting = only(db, Sitting, enrolment_id=sat.enrolments[0].id)
        assert sitting
        for line in db.scalars(select(Response).filter_by(sitting_id=sitting.id)):
            if line.answer and "text" in line.answer:
                line.answer = {"text": "后来改的"}
    with database.reading() as db:
        assert outcomes.recompute(db, sat.enrolments[0].id).digest is None


def test_nothing_is_marked_or_divided_anew_after_the_marking_is_closed(sat: World, app: Flask, desk: Open) -> None:
    mark_both(desk)
    assert close(app, sat).json == close(app, sat).json
    own = desk("examiner1")
    key = own.lines()[0]["answer_id"]
    assert own.send(key, 1_00).json["code"] == "written_marking_closed"
    path = f"/api/exam-sessions/{sat.exam_session.id}/written-marking"
    answer = Caller(app).log_in("office").put(path, {"tolerance": 20, "step": 50, "duties": []})
    assert answer.json["code"] == "written_marking_closed"


def test_a_dispute_keeps_the_marking_open_until_it_is_decided(
    sat: World, app: Flask, desk: Open, database: Database
) -> None:
    mark_both(desk, one=100, two=0)
    assert close(app, sat).json["disputed"] == 6
    desk("examiner3").mark_all(50)
    assert close(app, sat).json["state"] == "CLOSED"
    with database.reading() as db:
        closed = [entry for entry in audit.history(db, sat.exam_session.audit_stream) if "written" in entry.action]
    assert [entry.action for entry in closed] == ["written_marking.divided", "written_marking.closed"]


def test_a_sitting_that_brings_new_answers_opens_the_marking_again(
    sat: World, app: Flask, desk: Open, database: Database, sit: Sit, divided: Paper, moving_clock: MovableClock
) -> None:
    mark_both(desk)
    close(app, sat)
    with database.transaction() as db:
        act: dict[str, Any] = {"by": sat.by("office"), "now": moving_clock()}
        late = enrolling.enrol(db, sat.exam_session.id, enrolling.Person("赵六", "440524188001010014"), **act)
        _ = late.sitting
    assert states_of(database, sat) == ["READY"] * 3
    sit(late, answers_to(divided, "迟到的作答"))
    assert states_of(database, sat) == ["INCOMPLETE"] * 3
    mark_both(desk)
    assert close(app, sat).status_code == 200
    assert states_of(database, sat) == ["READY"] * 3


def test_whoever_marks_sees_no_totals_and_decides_nothing(sat: World, app: Flask, desk: Open) -> None:
    office = Caller(app).log_in("office")
    path = f"/api/exam-sessions/{sat.exam_session.id}/written-marking"
    people = office.get(path).json["people"]
    assert [(one["duty"], one["answers"], one["marked"]) for one in people] == [
        ("MARKER", 6, 0), ("MARKER", 6, 0), ("ARBITER", 0, 0),
    ]  # fmt: skip
    for name in ("examiner1", "examiner3"):
        assert Caller(app).log_in(name).get(path).status_code == 403


def test_the_blank_answers_of_all_need_nobody_to_mark_them(
    divided: Paper, world: World, sit: Sit, app: Flask, database: Database
) -> None:
    for enrolment in world.enrolments:
        sit(enrolment, answers_to(divided, "　"))
    assert close(app, world).json["state"] == "CLOSED"
    with database.reading() as db:
        assert db.scalars(select(WrittenAnswer.digest)).unique().all() == [None]
