"""A rehearsal is real to the service and to nobody else."""

from datetime import timedelta
from typing import Any

import misconduct
import pytest
from callers import Caller
from flask import Flask
from sitters import Sitter
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from world import World

from certificates import deciding, desk
from certificates.errors import RehearsalUndecided
from certificates.states import DecisionOutcome
from examsvc.accounts.models import Account
from examsvc.core import audit
from examsvc.core.audit import AuditHead
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, only
from examsvc.core.identity import system
from examsvc.delivery import enrolling, identity_numbers
from examsvc.delivery.errors import EnrolmentClosed
from examsvc.delivery.models import Candidate, Enrolment, ExamSession, Response, Sitting
from examsvc.delivery.states import ClockRule
from examsvc.rehearsal import clearing, seeding
from examsvc.rehearsal.errors import NotARehearsal
from examsvc.rehearsal.people import people
from examsvc.rehearsal.seeding import Rehearsal, RehearsalPlan
from examsvc.supervision import overview
from proctoring import membership
from proctoring.misconduct.models import MisconductRecord, MisconductRuling
from scoring import sat
from scoring.models import ComponentScore, Result, ResultVoid
from scoring.states import ResultState

COUNT = 5


@pytest.fixture
def act(world: World) -> dict[str, Any]:
    return {"by": system("rehearsal"), "now": world.now}


@pytest.fixture
def rehearsal(database: Database, world: World, act: dict[str, Any]) -> Rehearsal:
    plan = RehearsalPlan(
        candidates=COUNT,
        starts_at=world.now - timedelta(minutes=1),
        ends_at=world.now + timedelta(minutes=89),
        minutes=60,
        clock_rule=ClockRule.PERSONAL,
    )
    with database.transaction() as db:
        return seeding.seed(db, plan, **act)


@pytest.fixture
def sat_one(app: Flask, database: Database, rehearsal: Rehearsal, moving_clock: MovableClock) -> Sitter:
    """The first synthetic candidate logged in, answered and handed in."""
    with database.reading() as db:
        enrolment = db.get_one(Sitting, rehearsal.seats[0].sitting_id).enrolment
        sitter = Sitter(app, enrolment, moving_clock)
        assert enrolment.candidate.name == "彩排考生 0001"
        assert enrolment.sitting.id == rehearsal.seats[0].sitting_id
    assert sitter.digits == rehearsal.seats[0].person.digits
    sitter.begin().answer()
    assert sitter.hand_in().status_code == 200
    return sitter


def test_every_synthetic_number_is_valid_and_of_somebody_older_than_anybody() -> None:
    numbers = [person.identity_number for person in people(10_000)]
    assert len(set(numbers)) == len(numbers)
    assert all(identity_numbers.checked(number) == number and 1900 <= int(number[6:10]) < 1910 for number in numbers)


@pytest.mark.parametrize("count", [0, 100_001])
def test_a_rehearsal_has_a_sensible_number_of_candidates(count: int) -> None:
    with pytest.raises(ValueError, match="between 1 and"):
        people(count)


def test_the_hand_in_of_a_rehearsal_is_really_scored(database: Database, sat_one: Sitter) -> None:
    with database.reading() as db:
        scores = db.scalars(select(ComponentScore).filter_by(enrolment_id=sat_one.enrolment.id)).all()
        assert sum(score.points for score in scores) == 10_00


def test_nothing_of_a_rehearsal_is_decided_or_counted(
    database: Database, world: World, sat_one: Sitter, rehearsal: Rehearsal
) -> None:
    with database.transaction() as db:
        result = only(db, Result, enrolment_id=sat_one.enrolment.id)
        assert result
        result.state, result.total, result.passed, result.digest = ResultState.READY, 70_00, True, "d" * 64
        db.flush()
        with pytest.raises(RehearsalUndecided):
            act = {"note": "", "digest": "d" * 64, "by": world.by("decider"), "now": world.now}
            deciding.decide(db, result.id, DecisionOutcome.AWARD, **act)
        listed = [line["exam_session_id"] for line in desk.sessions(db, by=world.by("decider"))]
        seen = [line["exam_session"].id for line in overview.sessions(db, page=1)["items"]]
        assert listed == seen == [world.exam_session.id]
        assert not db.execute(sat.sittings().where(ExamSession.id == rehearsal.exam_session_id)).all()


def test_nobody_real_is_enrolled_in_a_rehearsal(database: Database, rehearsal: Rehearsal, act: dict[str, Any]) -> None:
    person = enrolling.Person("王小明", "11010519491231002X")
    with database.transaction() as db, pytest.raises(EnrolmentClosed):
        enrolling.enrol(db, rehearsal.exam_session_id, person, **act)


def test_the_office_sees_which_session_is_a_rehearsal(app: Flask, world: World, rehearsal: Rehearsal) -> None:
    listed = Caller(app).log_in("office").get("/api/exam-sessions").json["items"]  # type: ignore[index]
    marked = {one["code"]: (one["is_rehearsal"], one["enrolled"]) for one in listed}
    assert marked == {rehearsal.code: (True, COUNT), "S1": (False, 3)}


def test_the_same_people_sit_the_next_rehearsal_and_leave_with_the_last(
    database: Database, world: World, rehearsal: Rehearsal, sat_one: Sitter, act: dict[str, Any]
) -> None:
    plan = RehearsalPlan(
        candidates=2,
        starts_at=world.now,
        ends_at=world.now + timedelta(hours=1),
        minutes=60,
        clock_rule=ClockRule.COMMON,
    )
    with database.transaction() as db:
        again = seeding.seed(db, plan, **act)
        assert _count(db, Candidate) == 3 + COUNT
        assert clearing.clear(db, rehearsal.exam_session_id, **act) == COUNT
        assert _count(db, Candidate) == 3 + 2
        assert clearing.clear(db, again.exam_session_id, **act) == 2
    with database.reading() as db:
        left = [_count(db, model) for model in (Candidate, Enrolment, Sitting, ExamSession)]
        assert left == [3, 3, 3, 1]
        assert _count(db, Response) == 0
        assert not db.scalars(select(Account).where(Account.username.like("rehearsal-%"))).all()
        streams = set(db.scalars(select(AuditHead.stream)))
        assert not [name for name in streams if name.endswith(str(sat_one.enrolment.sitting.id))]
        told = audit.history(db, f"exam-session:{rehearsal.exam_session_id}")
        assert [entry.action for entry in told] == ["rehearsal.seeded", "rehearsal.cleared"]


def test_a_rehearsed_case_of_misconduct_leaves_with_its_rehearsal(
    database: Database, world: World, rehearsal: Rehearsal, sat_one: Sitter, act: dict[str, Any]
) -> None:
    with database.transaction() as db:
        ids = [world.staff["proctor1"].id]
        membership.assign(db, rehearsal.exam_session_id, ids, by=world.by("office"), now=world.now)
        record = misconduct.signed_case(db, world, world.now, "没有作弊。", enrolment=sat_one.enrolment)
        misconduct.rule(db, world, record, world.now, hearing="已核查。")
    with database.transaction() as db:
        assert clearing.clear(db, rehearsal.exam_session_id, **act) == COUNT
        assert [_count(db, model) for model in (MisconductRecord, MisconductRuling, ResultVoid)] == [0, 0, 0]
        assert audit.history(db, record.audit_stream) == []


def test_a_real_exam_session_is_never_cleared(database: Database, world: World, act: dict[str, Any]) -> None:
    with database.transaction() as db, pytest.raises(NotARehearsal):
        clearing.clear(db, world.exam_session.id, **act)


def _count(db: Session, model: Any) -> int:
    return db.scalar(select(func.count()).select_from(model)) or 0
