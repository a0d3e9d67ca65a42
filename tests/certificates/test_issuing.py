from datetime import UTC, date, datetime
from typing import Any

import passing
import pytest
from sqlalchemy import func, select
from world import IDENTITY_NUMBERS, World

from certificates import holders, issuing
from certificates.errors import CannotBePrinted
from certificates.models import Certificate, Decision
from certificates.states import CertificateState, DecisionState
from examsvc.core import audit, blobs, canonical, sweeps
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery.models import Candidate
from scoring.models import Result

pytestmark = pytest.mark.slow


def decided(database: Database, world: World, ready: Result, now: datetime) -> Decision:
    with database.transaction() as db:
        return passing.award(db, db.get_one(Result, ready.id), by=world.by("decider"), now=now)


def count(database: Database) -> int:
    with database.reading() as db:
        return db.scalar(select(func.count()).select_from(Certificate)) or 0


def test_the_sweep_issues_each_award_once_however_often_it_runs(
    database: Database, world: World, ready: Result, moving_clock: MovableClock
) -> None:
    decision = decided(database, world, ready, moving_clock())
    assert sweeps.run(database, [issuing.SWEEP]) == 1
    assert sweeps.run(database, [issuing.SWEEP]) == 0
    with database.transaction() as db:  # a second worker that had the same row in hand
        issuing.settle(db, decision.id, moving_clock())
    assert count(database) == 1


def test_a_worker_that_is_killed_before_the_commit_loses_nothing(
    database: Database, world: World, ready: Result, moving_clock: MovableClock
) -> None:
    decision = decided(database, world, ready, moving_clock())
    with pytest.raises(KeyboardInterrupt), database.transaction() as db:
        issuing.settle(db, decision.id, moving_clock())
        raise KeyboardInterrupt
    assert count(database) == 0
    assert sweeps.run(database, [issuing.SWEEP]) == 1
    assert count(database) == 1


def test_the_certificate_binds_what_was_decided(
    database: Database, world: World, ready: Result, issued: Certificate
) -> None:
    record = issued.record
    assert canonical.digest(record) == issued.digest
    assert record["number"] == issued.number
    assert record["result_digest"] == ready.digest
    assert record["total"] == ready.total == 100_00
    assert record["decision"] == str(issued.decision_id)
    assert record["organisation"] == {"name": "上海测试有限公司", "credit_code": "91350100M000100Y43"}
    assert record["filing_number"] == "备案-1"
    assert record["exam_session"] == {"code": "S1", "held_on": "2026-11-23"}
    assert len(bytes.fromhex(record["nonce"])) == 32
    assert issued.state == CertificateState.VALID
    with database.reading() as db:
        assert db.get_one(Decision, issued.decision_id).state == DecisionState.SETTLED


def test_the_identity_number_is_not_in_the_record_nor_in_the_audit_log(
    database: Database, world: World, issued: Certificate
) -> None:
    with database.reading() as db:
        logged = [entry.detail for entry in audit.history(db, issued.audit_stream)]
    assert IDENTITY_NUMBERS[0] not in str(issued.record) + str(logged)
    assert issued.record["holder"]["identity_masked"] == "110**************X"


@pytest.mark.parametrize(
    ("instant", "issued_on"),
    [
        (datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 16, 0, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_the_day_of_issue_is_shanghais(
    database: Database, world: World, ready: Result, moving_clock: MovableClock, instant: datetime, issued_on: date
) -> None:
    decision = decided(database, world, ready, moving_clock())
    with database.transaction() as db:
        certificate = passing.issue(db, db.get_one(Decision, decision.id), instant)
    assert certificate.issued_on == issued_on
    assert certificate.number.startswith(f"SP-{issued_on.year}-")


def test_both_faces_are_kept_by_their_digests(issued: Certificate) -> None:
    assert blobs.get(issued.pdf_digest).startswith(b"%PDF")
    assert blobs.get(issued.png_digest).startswith(b"\x89PNG")


def test_a_name_that_cannot_be_drawn_is_not_issued_with_a_hole_in_it(
    database: Database, world: World, ready: Result, moving_clock: MovableClock
) -> None:
    decision = decided(database, world, ready, moving_clock())
    with database.transaction() as db:
        candidate = db.get_one(Candidate, world.enrolments[0].candidate_id)
        candidate.name = "王\U0003fff0"
    with pytest.raises(CannotBePrinted), database.transaction() as db:
        issuing.settle(db, decision.id, moving_clock())
    assert count(database) == 0
    assert sweeps.run(database, [issuing.SWEEP]) == 0


def test_the_holder_is_found_by_name_and_number_together_only(issued: Certificate) -> None:
    known: dict[str, Any] = {"name": "王小明", "identity_number": IDENTITY_NUMBERS[0]}
    assert holders.index(**known) == issued.holder_index
    assert holders.index(**known | {"identity_number": f" {IDENTITY_NUMBERS[0].lower()} "}) == issued.holder_index
    assert holders.index(**known | {"name": "王小朋"}) != issued.holder_index
    assert holders.index(**known | {"identity_number": IDENTITY_NUMBERS[1]}) != issued.holder_index
