"""Moving the start of a published exam session."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from callers import Caller
from sitters import Sitter
from world import World

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery import invigilating

Reset = Callable[..., None]


@pytest.fixture
def office(nobody: Caller) -> Caller:
    return nobody.log_in("office")


def _move(office: Caller, world: World, to: datetime, reason: str = "停电") -> dict[str, object]:
    body = {"starts_at": to.isoformat(), "reason": reason}
    answer: dict[str, object] = office.post(f"/api/exam-sessions/{world.exam_session.id}/move-start", body).json
    return answer


def test_a_moved_start_hides_the_paper_again_and_nobody_loses_time(
    sitter: Sitter, office: Caller, world: World, moving_clock: MovableClock
) -> None:
    sitter.begin().paper()
    moving_clock.forward(minutes=10)
    later = world.now + timedelta(minutes=40)
    moved = _move(office, world, later)
    assert moved["starts_at"] == later.isoformat()
    assert moved["ends_at"] == (later + timedelta(hours=2)).isoformat()
    assert sitter.view()["phase"] == "WAITING"
    assert sitter.get(f"{sitter.path}/paper").json["code"] == "not_started"
    moving_clock.at = later
    assert sitter.view()["closes_at"] == (later + timedelta(hours=1)).isoformat()
    assert sitter.paper()


def test_a_moved_start_reaches_the_page_as_something_to_acknowledge(
    sitter: Sitter, office: Caller, world: World, moving_clock: MovableClock
) -> None:
    before = world.exam_session.starts_at
    sitter.begin()
    moving_clock.forward(minutes=1)
    later = world.now + timedelta(minutes=40)
    _move(office, world, later, "消防演练")
    told = sitter.get(f"{sitter.path}/commands").json["items"]
    assert [(one["kind"], one["text"], one["starts_at"]) for one in told] == [
        ("MOVE_START", "消防演练", later.isoformat())
    ]
    assert told[0]["phase"] == "WAITING"
    (change,) = sitter.get(f"{sitter.path}/clock-changes").json["items"]
    assert (change["kind"], change["reason"]) == ("START_MOVED", "消防演练")
    assert (change["from_at"], change["to_at"]) == (before.isoformat(), later.isoformat())


def test_a_start_that_was_moved_before_the_candidate_came_is_no_change_of_their_time(
    sitter: Sitter, office: Caller, world: World, moving_clock: MovableClock
) -> None:
    _move(office, world, world.now + timedelta(minutes=40))
    moving_clock.forward(minutes=41)
    sitter.begin()
    assert sitter.get(f"{sitter.path}/clock-changes").json["items"] == []


@pytest.fixture
def hour_later(sitter: Sitter, office: Caller, world: World, reset: Reset, moving_clock: MovableClock) -> datetime:
    """Opened at 9:00 with a clock of their own and answered; at 9:40 the start is moved to 10:00.

    Nobody hands in within 30 minutes.
    """
    reset(starts_at=world.now, ends_at=world.now + timedelta(hours=2), earliest_hand_in_minutes=30)
    sitter.begin().answer()
    moving_clock.forward(minutes=40)
    assert _move(office, world, world.now + timedelta(hours=1))["state"] == "PUBLISHED"
    return world.now + timedelta(hours=1)


def test_nobody_hands_in_while_a_moved_start_hides_the_paper_and_the_earliest_counts_from_the_new_one(
    sitter: Sitter, hour_later: datetime, moving_clock: MovableClock
) -> None:
    refused = sitter.hand_in()
    assert (refused.status_code, refused.json["code"]) == (409, "not_started")
    assert refused.json["starts_at"] == hour_later.isoformat()
    moving_clock.at = hour_later
    earliest = (hour_later + timedelta(minutes=30)).isoformat()
    assert sitter.view()["earliest_hand_in_at"] == earliest
    moving_clock.at = hour_later + timedelta(minutes=29, seconds=59)
    refused = sitter.hand_in(made_at=hour_later.isoformat())
    assert (refused.json["code"], refused.json["earliest_hand_in_at"]) == ("too_early", earliest)
    moving_clock.forward(seconds=1)
    assert sitter.hand_in().json["state"] == "HANDED_IN"


@pytest.mark.parametrize("delivered_after", [45, 61, 75], ids=["hidden", "begun anew", "before the earliest"])
def test_what_was_handed_in_without_a_network_before_the_start_was_moved_is_taken_by_the_start_of_then(
    sitter: Sitter, hour_later: datetime, world: World, moving_clock: MovableClock, delivered_after: int
) -> None:
    moving_clock.at = world.now + timedelta(minutes=delivered_after)
    too_early, in_time = (world.now + timedelta(minutes=minutes) for minutes in (29, 30))
    refused = sitter.hand_in(made_at=too_early.isoformat()).json["code"]
    assert refused == ("not_started" if moving_clock() < hour_later else "too_early")
    assert sitter.hand_in(made_at=in_time.isoformat()).json["finish_reason"] == "BY_CANDIDATE"


def test_delivered_after_the_end_it_is_recognised_by_the_start_of_then(
    sitter: Sitter, hour_later: datetime, world: World, moving_clock: MovableClock
) -> None:
    moving_clock.at = hour_later + timedelta(minutes=65)
    made_at = world.now + timedelta(minutes=30)
    assert sitter.hand_in(made_at=made_at.isoformat()).status_code == 200
    assert sitter.view()["finish_reason"] == "BY_CANDIDATE"


def test_consent_was_for_the_last_minutes_of_the_end_that_was_moved_and_an_extension_stays(
    sitter: Sitter, office: Caller, world: World, reset: Reset, moving_clock: MovableClock, database: Database
) -> None:
    reset(starts_at=world.now, ends_at=world.now + timedelta(hours=2))
    own = sitter.begin().enrolment.sitting.id
    moving_clock.forward(minutes=20)
    act: dict[str, Any] = {"by": world.by("proctor1"), "now": moving_clock()}
    with database.transaction() as db:
        invigilating.allow_hand_in(db, own, reason="", **act)
        invigilating.extend(db, own, seconds=300, reason="键盘更换", **act)
    later = world.now + timedelta(hours=1)
    _move(office, world, later)
    moving_clock.at = later + timedelta(minutes=60)
    assert sitter.hand_in().json["code"] == "consent_missing"
    assert sitter.view()["closes_at"] == (later + timedelta(minutes=65)).isoformat()
    with database.transaction() as db:
        invigilating.allow_hand_in(db, own, reason="", **{**act, "now": moving_clock()})
    assert sitter.hand_in().json["state"] == "HANDED_IN"


def test_a_start_that_has_passed_is_no_start(office: Caller, world: World, moving_clock: MovableClock) -> None:
    assert _move(office, world, moving_clock())["code"] == "bad_window"
    assert _move(office, world, moving_clock() + timedelta(seconds=1))["state"] == "PUBLISHED"


def test_what_somebody_has_finished_is_not_moved(sitter: Sitter, office: Caller, world: World) -> None:
    sitter.begin().hand_in()
    assert _move(office, world, world.now + timedelta(hours=1))["code"] == "sittings_over"


def test_on_a_day_without_a_filing_nothing_is_held(office: Caller, world: World) -> None:
    assert _move(office, world, world.now + timedelta(days=3650))["code"] == "not_filed"


def test_a_moved_start_is_audited_with_its_reason(office: Caller, world: World, database: Database) -> None:
    _move(office, world, world.now + timedelta(hours=1), "停电")
    with database.reading() as db:
        entry = audit.history(db, f"exam-session:{world.exam_session.id}")[-1]
    assert (entry.action, entry.detail["reason"]) == ("exam_session.start_moved", "停电")
