"""Releasing keys: to whom, when, and what the time means for who has one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import datetime, timedelta

import pytest
from sitters import Sitter
from sqlalchemy import select
from sqlalchemy.orm import Session
from waiters import Waiter
from world import World

from examsvc.accounts.models import Login
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.core.identity import Identity
from examsvc.delivery import finding, finishing, invigilating
from examsvc.delivery.models import Sitting
from examsvc.delivery.sealed import releasing
from examsvc.delivery.sealed.releasing import Release
from examsvc.delivery.states import ClockRule, FinishReason, SittingState

Stored = Callable[[Sitter], Sitting]
Reset = Callable[..., None]


@pytest.fixture
def release(database: Database, world: World, moving_clock: MovableClock) -> Callable[[], list[Release]]:
    """Release to everybody of the exam session, now."""

    def now() -> list[Release]:
        ids = [enrolment.sitting.id for enrolment in world.enrolments]
        with database.transaction() as db:
            return releasing.release(db, world.exam_session.id, ids, now=moving_clock())

    return now


def test_at_the_start_all_who_wait_get_their_keys_and_nobody_else(
    waiter: Waiter,
    release: Callable[[], list[Release]],
    starts_at: datetime,
    moving_clock: MovableClock,
    stored: Stored,
) -> None:
    moving_clock.at = starts_at - timedelta(microseconds=1)
    assert release() == []
    moving_clock.at = starts_at
    released = release()
    assert [each.sitting_id for each in released] == [waiter.sitter.enrolment.sitting.id]
    moving_clock.forward(seconds=1)
    assert release() == released  # told again: its page may not have heard
    assert stored(waiter.sitter).key_released_at == starts_at
    waiter.sitter.claim()
    assert release() == []


def _absent(db: Session, waiter: Waiter, now: datetime) -> None:
    sitting = finding.locked(db, waiter.sitter.enrolment.sitting.id)
    never, clock = FinishReason.NEVER_CAME, finishing.CLOCK
    finishing.finish(db, sitting, SittingState.ABSENT, never, at=now, by=clock, now=now)


def _entered(db: Session, waiter: Waiter, now: datetime) -> None:
    finding.locked(db, waiter.sitter.enrolment.sitting.id).key_released_at = now - timedelta(seconds=1)


@pytest.mark.postgresql_only
@pytest.mark.parametrize("come_between", [_absent, _entered])
def test_a_sitting_that_ends_or_is_entered_meanwhile_gets_no_stamp_and_no_key(
    waiter: Waiter,
    other: Waiter,
    release: Callable[[], list[Release]],
    starts_at: datetime,
    moving_clock: MovableClock,
    stored: Stored,
    database: Database,
    come_between: Callable[[Session, Waiter, datetime], None],
) -> None:
    moving_clock.at = starts_at + timedelta(seconds=2)
    with ThreadPoolExecutor() as pool:
        with database.transaction() as db:
            come_between(db, waiter, moving_clock())
            db.flush()
            releasing_now = pool.submit(release)
            wait([releasing_now], timeout=0.5)  # it comes as far as it can
        released = releasing_now.result(60)
    assert [each.sitting_id for each in released] == [other.sitter.enrolment.sitting.id]
    assert stored(waiter.sitter).key_released_at != moving_clock()
    with database.reading() as db:
        session = audit.history(db, waiter.sitter.enrolment.exam_session.audit_stream)[-1]
    assert (session.action, session.detail["count"]) == ("exam_session.keys_released", 1)


def test_the_released_keys_are_those_of_the_claim(
    waiter: Waiter, release: Callable[[], list[Release]], starts_at: datetime, moving_clock: MovableClock
) -> None:
    moving_clock.at = starts_at
    preload, body, (released,) = waiter.preload(), waiter.sealed(), release()
    claimed = waiter.sitter.claim()
    again = waiter.get("paper-key").json
    assert (again["paper_key"], again["claim_within_ms"]) == (claimed["paper_key"], 0)
    assert waiter.open(body, claimed["paper_key"], preload["paper_digest"])
    assert released.keys.paper.hex() not in str(preload)


def test_who_got_the_key_at_the_start_is_in_even_when_the_claim_comes_after_the_entry_closed(
    waiter: Waiter,
    other: Waiter,
    release: Callable[[], list[Release]],
    starts_at: datetime,
    moving_clock: MovableClock,
    stored: Stored,
) -> None:
    moving_clock.at = starts_at
    release()
    moving_clock.at = starts_at + timedelta(minutes=45)
    waiter.sitter.claim()
    assert stored(waiter.sitter).opened_at == starts_at
    assert stored(waiter.sitter).closes_at == starts_at + timedelta(hours=1)
    assert other.sitter.view()["phase"] == "OPEN"


def test_who_got_no_key_and_never_confirmed_is_absent_when_the_entry_closed(
    waiter: Waiter, starts_at: datetime, moving_clock: MovableClock, database: Database
) -> None:
    with database.transaction() as db:  # who confirmed in time is let in later, too
        get(db, Sitting, waiter.sitter.enrolment.sitting.id).identity_confirmed_at = None
    moving_clock.at = starts_at + timedelta(minutes=30, microseconds=1)
    assert waiter.get("paper-key").json["code"] == "sitting_over"
    assert waiter.get("sealed-paper").json["code"] == "sitting_over"


def test_who_got_the_key_and_could_not_claim_until_the_end_was_there(
    waiter: Waiter,
    other: Waiter,
    release: Callable[[], list[Release]],
    starts_at: datetime,
    moving_clock: MovableClock,
    stored: Stored,
    database: Database,
) -> None:
    late = other.sitter.enrolment.sitting.id
    with database.transaction() as db:
        get(db, Sitting, late).identity_confirmed_at = None
    moving_clock.at = starts_at
    release()
    moving_clock.at = starts_at + timedelta(hours=2)
    view = waiter.sitter.view()
    assert (view["state"], view["finish_reason"]) == ("HANDED_IN", "TIME_UP")
    sitting = stored(waiter.sitter)
    assert (sitting.opened_at, sitting.finished_at) == (starts_at, starts_at + timedelta(hours=1))
    assert waiter.get("paper-key").json["code"] == "sitting_over"
    assert other.sitter.view()["state"] == "ABSENT"


def test_a_key_of_a_start_that_was_moved_lets_nobody_in_at_the_new_one(
    waiter: Waiter, release: Callable[[], list[Release]], starts_at: datetime, moving_clock: MovableClock, reset: Reset
) -> None:
    moving_clock.at = starts_at
    assert len(release()) == 1
    later = starts_at + timedelta(minutes=20)
    reset(starts_at=later, ends_at=later + timedelta(hours=1))
    assert waiter.sitter.view()["phase"] == "WAITING"
    moving_clock.at = later
    assert len(release()) == 1


def test_by_a_personal_clock_there_is_no_key_before_the_own_clock_runs(
    waiter: Waiter, release: Callable[[], list[Release]], starts_at: datetime, moving_clock: MovableClock, reset: Reset
) -> None:
    reset(clock_rule=ClockRule.PERSONAL)
    moving_clock.at = starts_at
    assert release() == []
    assert waiter.get("paper-key").json["code"] == "not_opened"
    claimed = waiter.sitter.claim()
    assert waiter.get("paper-key").json["paper_key"] == claimed["paper_key"]


def test_a_paused_sitting_gets_no_key_by_either_way(
    waiter: Waiter, database: Database, starts_at: datetime, moving_clock: MovableClock, proctor: Identity
) -> None:
    moving_clock.at = starts_at
    waiter.sitter.claim()
    with database.transaction() as db:
        invigilating.pause(db, waiter.sitter.enrolment.sitting.id, reason="停电", by=proctor, now=moving_clock())
    assert waiter.get("paper-key").json["code"] == "sitting_paused"
    claimed = waiter.sitter.claim()
    assert (claimed["paper_key"], claimed["media_key"]) == (None, None)


def test_a_sitting_that_is_over_gets_no_key(waiter: Waiter, starts_at: datetime, moving_clock: MovableClock) -> None:
    moving_clock.at = starts_at
    waiter.sitter.claim()
    moving_clock.at = starts_at + timedelta(hours=2)
    assert waiter.get("paper-key").json["code"] == "sitting_over"
    assert waiter.get("sealed-paper").json["code"] == "sitting_over"


def test_a_cancelled_exam_session_releases_nothing(
    waiter: Waiter, release: Callable[[], list[Release]], starts_at: datetime, moving_clock: MovableClock, reset: Reset
) -> None:
    reset(state="CANCELLED")
    moving_clock.at = starts_at
    assert release() == []
    assert waiter.get("paper-key").json["code"] == "sitting_over"


def test_a_release_is_on_record(
    waiter: Waiter,
    other: Waiter,
    release: Callable[[], list[Release]],
    starts_at: datetime,
    moving_clock: MovableClock,
    database: Database,
    world: World,
) -> None:
    moving_clock.at = starts_at
    assert other.get("paper-key").status_code == 200
    release()
    release()
    with database.reading() as db:
        session = audit.history(db, world.exam_session.audit_stream)[-1]
        own = audit.history(db, other.sitter.enrolment.sitting.audit_stream)[-1]
    assert (session.action, session.detail["count"]) == ("exam_session.keys_released", 1)
    assert own.action == "sitting.key_released"
    assert waiter.sitter.claim()["epoch"] == 1


def test_where_safe_exam_browser_is_needed_only_those_who_proved_it_get_their_keys(
    waiter: Waiter,
    other: Waiter,
    release: Callable[[], list[Release]],
    starts_at: datetime,
    moving_clock: MovableClock,
    database: Database,
    reset: Reset,
) -> None:
    reset(safe_browser_needed=True)
    moving_clock.at = starts_at
    assert release() == []
    with database.transaction() as db:
        own = get(db, Sitting, waiter.sitter.enrolment.sitting.id)
        own.safe_browser_login_id = db.scalars(select(Login.id).where(Login.revoked_at.is_(None)).limit(1)).one()
        waived = get(db, Sitting, other.sitter.enrolment.sitting.id)
    assert [each.sitting_id for each in release()] == [own.id]
    with database.transaction() as db:
        get(db, Sitting, waived.id).safe_browser_waived_at = starts_at
    assert {each.sitting_id for each in release()} == {own.id, waived.id}
