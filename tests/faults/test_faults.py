"""A fault in the middle of a rehearsal: nothing acknowledged is lost, and the service is back without a hand."""

from collections import Counter
from datetime import timedelta
from uuid import UUID

import judging
import pytest
import reading
from clocks import ClocksSet
from deaths import DatabaseFrozen, DatabaseStopped, DiskFull, Killed, RedisKilled, WebProcessKilled
from judging import Kept
from meddling import Fate, Meddling
from networks import BlackHole
from rehearsing import Held, hold, plan
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from standing import Standing
from striking import Fault, InTurn

from examsvc.delivery import responding
from examsvc.delivery.ledger.crediting import Span
from examsvc.delivery.models import Response, Sitting
from examsvc.rehearsal import stored
from examsvc.rehearsal.plans import Plan, Profile

pytestmark = pytest.mark.faults


def survived(installation: Standing, fault: Fault, wanted: Plan) -> tuple[Held, Kept]:
    """Hold the rehearsal, judge it, and return what else may be looked at."""
    held = hold(installation, fault, wanted)
    with installation.database.reading() as db:
        kept = reading.read(db, held.exam_session_id, held.began_at)
    found = judging.findings(held.notebooks, kept, Span(held.struck_at, held.back_at))
    assert "\n".join([*held.troubles, *found]) == ""
    assert "LOST" in found_after_planted_loss(installation, held)
    return held, kept


def found_after_planted_loss(installation: Standing, held: Held) -> set[str]:
    """What the same judge finds when one acknowledged response is taken away, which is undone."""
    sitting_id, receipt = next((one.sitting_id, one.receipts[-1]) for one in held.notebooks if one.receipts)
    with installation.database.engine.connect() as connection, Session(connection) as db:
        db.execute(delete(Response).filter_by(sitting_id=sitting_id, epoch=receipt.epoch, seq=receipt.seq))
        kept = reading.read(db, held.exam_session_id, held.began_at)
        db.rollback()
    found = judging.findings(held.notebooks, kept, Span(held.struck_at, held.back_at))
    return {finding.split()[0] for finding in found}


def went_on(held: Held) -> bool:
    """Whether answers were acknowledged before, and when the service was back again."""
    return held.receipts > held.receipts_then > 0


def failed(held: Held, operation: str, reason: str) -> int:
    """How often the operation failed for the reason, and was tried again."""
    return sum(ran.measures.failures[operation, reason] for ran in held.rans)


def test_web_processes_that_are_killed_lose_nothing(installation: Standing) -> None:
    held, _ = survived(installation, WebProcessKilled(), plan())
    assert went_on(held)
    assert installation.keeper.ended("serve") >= 1


def test_a_worker_that_is_killed_when_time_is_up_ends_everybody_all_the_same(installation: Standing) -> None:
    fault = Killed("worker", after=45.0)  # 5 s before all sittings fall due
    held, _ = survived(installation, fault, plan(profile=Profile.HAND_IN_STORM))
    assert installation.keeper.ended("worker") == 1
    assert all(ran.scored_within is not None for ran in held.rans)


def test_a_database_that_is_killed_loses_nothing(installation: Standing) -> None:
    held, _ = survived(installation, Killed("postgresql"), plan())
    assert went_on(held)
    assert failed(held, "save", "unavailable") > 0


def test_a_redis_that_is_killed_loses_nothing_and_commands_get_through_again(installation: Standing) -> None:
    fault = RedisKilled()
    held, _ = survived(installation, fault, plan())
    assert went_on(held)
    heard = sum(ran.steps["heard a command"] for ran in held.rans)
    assert 0 < 0.9 * fault.told <= heard  # a page may leave while it is told


def test_a_database_stopped_for_half_a_minute_and_frozen_for_another_loses_nothing_and_the_time_is_credited(
    installation: Standing,
) -> None:
    held, kept = survived(installation, InTurn(DatabaseStopped(), DatabaseFrozen()), plan(minutes=2))
    assert went_on(held)
    assert sum((one.to_at - one.from_at for one in kept.outages), timedelta()) >= timedelta(minutes=1)
    credited = Counter[UUID]()
    for credit in kept.credits:
        credited[credit.sitting_id] += credit.seconds
    ran = _opened(installation, held)
    assert ran
    assert min(credited[sitting_id] for sitting_id in ran) >= 60


def test_a_full_disk_loses_nothing_of_what_was_acknowledged_before(installation: Standing) -> None:
    held, _ = survived(installation, DiskFull(), plan())
    assert went_on(held)
    assert failed(held, "save", "unavailable") > 0


def test_a_minute_of_black_hole_before_a_third_of_the_candidates_loses_nothing(installation: Standing) -> None:
    held, kept = survived(installation, BlackHole(), plan(minutes=2))
    assert went_on(held)
    assert held.rans[0].measures.failures["save", "unreachable"] > 0
    assert held.rans[1].measures.failures["save", "unreachable"] == 0
    assert kept.outages == []


def test_clocks_that_are_set_by_five_minutes_change_nobodys_time(installation: Standing) -> None:
    held, kept = survived(installation, ClocksSet(), plan())
    assert went_on(held)
    assert kept.outages == []
    with installation.database.reading() as db:
        apart = {round((row.client_at - row.received_at) / ClocksSet.step) for row in _responses(db, held)}
    assert apart == {-1, 0, 1}


def test_requests_that_come_twice_late_in_part_or_again_change_nothing(installation: Standing) -> None:
    fault = Meddling()
    held, _ = survived(installation, fault, plan(profile=Profile.BAD_NETWORK))
    assert went_on(held)
    assert all(fault.fates[what, fate] > 0 for what in ("claim", "responses") for fate in Fate)
    assert fault.answers["responses", 200, ""] > 0
    assert fault.answers["claim", 409, "claim_outdated"] > 0
    assert not [status for _, status, _ in fault.answers if status >= 500]
    assert _superseded(installation, held) == []


def _opened(installation: Standing, held: Held) -> list[UUID]:
    """Return the sittings that had begun when the fault struck."""
    with installation.database.reading() as db:
        mine = Sitting.id.in_(notebook.sitting_id for notebook in held.notebooks)
        return list(db.scalars(select(Sitting.id).where(mine, Sitting.opened_at < held.struck_at)))


def _superseded(installation: Standing, held: Held) -> list[UUID]:
    """Return the sittings whose last claim is not the one in which their candidate answered."""
    answered = {one.sitting_id: {epoch for epoch, _ in one.sent} for one in held.notebooks}
    with installation.database.reading() as db:
        last = db.execute(select(Sitting.id, Sitting.epoch).where(Sitting.id.in_(answered)))
        return [sitting_id for sitting_id, epoch in last if answered[sitting_id] != {epoch}]


def _responses(db: Session, held: Held) -> list[Response]:
    return [row for sitting_id in stored.final(db, held.exam_session_id) for row in responding.log(db, sitting_id)]
