"""The whole way of a written answer: taken, marked by two, decided by a third, in the result, on the certificate."""

from typing import Any

import passing
import pytest
from callers import Caller
from flask import Flask
from papers_in_writing import Desk, answers_to, ask_in_writing
from sitters import Sitter
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from world import World

from certificates import deciding, verifying
from certificates.models import Certificate
from certificates.states import DecisionOutcome
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, only
from examsvc.delivery import finishing
from questionbank.models import Paper
from scoring.models import Result, ScoreSheet
from scoring.written.errors import WrittenAnswersUnmarked
from scoring.written.models import WrittenMark

pytestmark = pytest.mark.slow


@pytest.fixture
def taken(world: World, database: Database, app: Flask, moving_clock: MovableClock) -> Paper:
    """The first candidate has answered in writing and has a practical score; the others never came."""
    with database.transaction() as db:
        paper = ask_in_writing(db, world)
        answers = answers_to(paper, "检索能减少模型编造。")
        passing.assign(db, world, moving_clock())
    sitter = Sitter(app, world.enrolments[0], moving_clock).begin()
    asked = {question["ref"] for section in sitter.paper()["sections"] for question in section["questions"]}
    assert asked == set(answers)
    assert sitter.send(*(sitter.entry(ref, answer) for ref, answer in answers.items())).status_code == 200
    assert sitter.hand_in().status_code == 200
    moving_clock.forward(hours=2)
    with database.transaction() as db:
        for enrolment in world.enrolments[1:]:
            finishing.settle(db, enrolment.sitting.id, now=moving_clock())
        for sheet in db.scalars(select(ScoreSheet).filter_by(enrolment_id=world.enrolments[0].id)).all():
            passing.mark_sheet(db, sheet, passing.GOOD_MARKS, moving_clock())
    return paper


def divide(office: Caller, world: World) -> None:
    people = (("examiner1", "MARKER"), ("examiner2", "MARKER"), ("examiner3", "ARBITER"))
    duties = [{"account_id": str(world.staff[name].id), "duty": duty, "item_version_id": None} for name, duty in people]
    path = f"/api/exam-sessions/{world.exam_session.id}/written-marking"
    assert office.put(path, {"tolerance": 10, "step": 50, "duties": duties}).status_code == 200


def result_of(db: Session, world: World) -> Result:
    found = only(db, Result, enrolment_id=world.enrolments[0].id)
    assert found is not None
    return found


def award(database: Database, world: World, name: str, now: Any) -> Certificate:
    with database.transaction() as db:
        decision = passing.award(db, result_of(db, world), by=world.by(name), now=now)
        return passing.issue(db, decision, now)


def faults(database: Database, number: str) -> set[str]:
    with database.reading() as db:
        return {step.name for step in verifying.steps(db, verifying.find(db, number)) if not step.holds}


def test_a_written_answer_is_marked_by_two_decided_by_a_third_and_counts_on_the_certificate(
    taken: Paper, world: World, database: Database, app: Flask, moving_clock: MovableClock
) -> None:
    office = Caller(app).log_in("office")
    divide(office, world)
    with database.transaction() as db, pytest.raises(WrittenAnswersUnmarked):
        act: dict[str, Any] = {"by": world.by("decider"), "now": moving_clock()}
        deciding.decide(db, result_of(db, world).id, DecisionOutcome.AWARD, note="", digest="", **act)
    desks = [Desk(Caller(app).log_in(name), world.exam_session.id) for name in ("examiner1", "examiner2", "examiner3")]
    for desk, share in zip(desks, (80, 60, 70), strict=True):
        desk.mark_all(share)
    closed = office.post(f"/api/exam-sessions/{world.exam_session.id}/written-marking/closure", {})
    assert closed.status_code == 200, closed.json
    # Of each task's 50: true or false 20, the short answer 14 of 20, the case 1⅔ + 2 of 3⅓ + 3.5 of 5. 41⅙ of 50 make
    # 32.93 of 40; practice makes 60.
    certificate = award(database, world, "decider", moving_clock())
    with database.reading() as db:
        assert result_of(db, world).total == 92_90
    assert faults(database, certificate.number) == set()
    with database.transaction() as db:
        db.execute(update(WrittenMark).values(note="后来写的"))
    assert faults(database, certificate.number) == {"result recomputed from answers and marks"}
