"""A ruling on misconduct makes a result void; revoked, the result comes back. Nothing else does either."""

import misconduct
import passing
import pytest
from callers import Caller
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from world import World

from certificates import issuing, service, verifying
from certificates.errors import ResultIsVoid
from certificates.models import Certificate, Decision
from certificates.states import CertificateState, DecisionState
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery.voiding import Subject
from proctoring.misconduct.classes import Consequence, MisconductClass
from scoring import outcomes
from scoring.models import ComponentScore, Result
from scoring.states import ComponentKind, ResultState


@pytest.fixture
def case(database: Database, world: World, moving_clock: MovableClock) -> None:
    with database.transaction() as db:
        misconduct.assign_proctors(db, world, moving_clock())


def stored(db: Session, result: Result) -> Result:
    return get(db, Result, result.id)


def test_nothing_follows_from_a_record_until_it_is_ruled_on(
    ready: Result, case: None, database: Database, world: World, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        misconduct.signed_case(db, world, moving_clock())
        assert (stored(db, ready).state, stored(db, ready).total) == (ResultState.READY, 100_00)


def test_a_ruling_makes_all_of_a_result_void_without_a_total_and_with_its_reason(
    ready: Result, case: None, app: Flask, database: Database, world: World, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        ruled = misconduct.rule(db, world, misconduct.signed_case(db, world, moving_clock()), moving_clock())
        result = stored(db, ready)
        assert (result.state, result.total, result.passed, result.digest) == (ResultState.VOID, None, None, None)
    path = f"/api/exam-sessions/{world.exam_session.id}/results"
    line = Caller(app).log_in("decider").get(path).json["items"][0]
    assert (line["state"], line["total"], line["passed"]) == ("VOID", None, None)
    [void] = line["voids"]
    assert void == {
        "subject": None,
        "reason": "misconduct_serious",
        "ruling_id": str(ruled.id),
        "ruling_number": "S1-WJ001",
    }
    assert line["components"]


def test_a_void_subject_is_named_and_the_other_one_stays(
    ready: Result, case: None, app: Flask, database: Database, world: World, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        record = misconduct.signed_case(db, world, moving_clock(), kind=MisconductClass.GENERAL)
        misconduct.rule(db, world, record, moving_clock(), Consequence.SUBJECT_VOID, Subject.THEORY)
    path = f"/api/exam-sessions/{world.exam_session.id}/results"
    line = Caller(app).log_in("office").get(path).json["items"][0]
    assert (line["state"], line["total"]) == ("VOID", None)
    assert [void["subject"] for void in line["voids"]] == ["THEORY"]
    assert {part["kind"] for part in line["components"]} == {"THEORY", "PRACTICAL"}


@pytest.mark.parametrize("consequence", [Consequence.NONE, Consequence.WARNING])
def test_a_ruling_without_a_void_leaves_the_result_alone(
    consequence: Consequence,
    ready: Result,
    case: None,
    database: Database,
    world: World,
    moving_clock: MovableClock,
) -> None:
    with database.transaction() as db:
        record = misconduct.signed_case(db, world, moving_clock(), kind=MisconductClass.GENERAL)
        misconduct.rule(db, world, record, moving_clock(), consequence)
        assert stored(db, ready).state == ResultState.READY


def test_f06_no_certificate_is_decided_on_a_void_result(
    ready: Result, case: None, database: Database, world: World, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        misconduct.rule(db, world, misconduct.signed_case(db, world, moving_clock()), moving_clock())
        with pytest.raises(ResultIsVoid):
            passing.award(db, ready, by=world.by("decider"), now=moving_clock())


def test_a_revoked_ruling_gives_the_result_back_as_the_evidence_makes_it(
    ready: Result, case: None, database: Database, world: World, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        ruled = misconduct.rule(db, world, misconduct.signed_case(db, world, moving_clock()), moving_clock())
        misconduct.revoke(db, world, ruled, moving_clock())
        result = stored(db, ready)
        assert (result.state, result.total, result.digest) == (ResultState.READY, 100_00, ready.digest)
        moves = [entry.action for entry in audit.history(db, result.audit_stream)]
        assert moves[-3:] == ["result.void", "result.incomplete", "result.ready"]
        assert audit.verify(db, result.audit_stream) is None
        passing.award(db, result, by=world.by("decider"), now=moving_clock())


def test_a_result_stays_void_until_the_last_ruling_is_revoked(
    ready: Result, case: None, database: Database, world: World, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        first = misconduct.rule(db, world, misconduct.signed_case(db, world, moving_clock()), moving_clock())
        moving_clock.forward(seconds=1)
        record = misconduct.signed_case(db, world, moving_clock(), kind=MisconductClass.GENERAL)
        second = misconduct.rule(db, world, record, moving_clock(), Consequence.SUBJECT_VOID, Subject.PRACTICAL)
        assert second.number == "S1-WJ002"
        misconduct.revoke(db, world, first, moving_clock())
        assert stored(db, ready).state == ResultState.VOID
        misconduct.revoke(db, world, second, moving_clock())
        assert stored(db, ready).total == 100_00


def test_evidence_that_comes_in_while_the_result_is_void_counts_once_it_is_back(
    case: None, database: Database, world: World, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        passing.assign(db, world, moving_clock())
        ruled = misconduct.rule(db, world, misconduct.signed_case(db, world, moving_clock()), moving_clock())
        result = passing.sit_and_be_marked(db, world, 0, moving_clock())
        assert (result.state, result.total) == (ResultState.VOID, None)
        kinds = set(db.scalars(select(ComponentScore.kind).filter_by(enrolment_id=result.enrolment_id)))
        assert kinds == set(ComponentKind)
        misconduct.revoke(db, world, ruled, moving_clock())
        assert (result.state, result.total) == (ResultState.READY, 100_00)
        assert outcomes.recompute(db, result.enrolment_id).digest == result.digest


def test_an_award_is_not_carried_out_while_its_result_is_void(
    ready: Result, case: None, database: Database, world: World, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        decision = passing.award(db, stored(db, ready), by=world.by("decider"), now=moving_clock())
        ruled = misconduct.rule(db, world, misconduct.signed_case(db, world, moving_clock()), moving_clock())
        assert issuing.due(db, moving_clock()) == []
        issuing.settle(db, decision.id, moving_clock())
        assert db.scalars(select(Certificate)).all() == []
        misconduct.revoke(db, world, ruled, moving_clock())
        assert stored(db, ready).state == ResultState.PUBLISHED
        assert issuing.due(db, moving_clock()) == [decision.id]
        assert passing.issue(db, decision, moving_clock()).state == CertificateState.VALID
        assert decision.state == DecisionState.SETTLED


def test_a_certificate_is_suspended_while_its_result_is_void_and_valid_again_afterwards(
    issued: Certificate, case: None, database: Database, world: World, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        ruled = misconduct.rule(db, world, misconduct.signed_case(db, world, moving_clock()), moving_clock())
        certificate = get(db, Certificate, issued.id)
        assert certificate.state == CertificateState.SUSPENDED
        with pytest.raises(ResultIsVoid):
            service.reinstate(db, issued.id, reason="误", by=world.by("office"), now=moving_clock())
        faults = {step.name: step.fault for step in verifying.steps(db, certificate) if not step.holds}
        assert faults["result published and passed"] == "the result is VOID"
        misconduct.revoke(db, world, ruled, moving_clock())
        assert certificate.state == CertificateState.VALID
        assert all(step.holds for step in verifying.steps(db, certificate))


def test_a_certificate_that_the_office_suspended_is_not_reinstated_by_a_revoked_ruling(
    issued: Certificate, case: None, database: Database, world: World, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        service.suspend(db, issued.id, reason="资料待核实", by=world.by("office"), now=moving_clock())
        ruled = misconduct.rule(db, world, misconduct.signed_case(db, world, moving_clock()), moving_clock())
        misconduct.revoke(db, world, ruled, moving_clock())
        assert get(db, Certificate, issued.id).state == CertificateState.SUSPENDED
        assert get(db, Decision, issued.decision_id).result.state == ResultState.PUBLISHED
