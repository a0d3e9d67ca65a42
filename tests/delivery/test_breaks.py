"""Breaks that stop the clock, and consent to handing in during the last minutes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sitters import Sitter
from world import World

from examsvc import worker
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.identity import Identity
from examsvc.delivery import invigilating
from examsvc.delivery.models import Sitting

Stored = Callable[[Sitter], Sitting]


@pytest.fixture
def rested(sitter: Sitter, database: Database) -> Sitter:
    """The sitter, with ten minutes of breaks."""
    with database.transaction() as db:
        db.get_one(Sitting, sitter.enrolment.sitting.id).break_allowance_seconds = 600
    return sitter


def _take(sitter: Sitter) -> dict[str, Any]:
    answer = sitter.post(f"{sitter.path}/break", {})
    assert answer.status_code == 200, answer.json
    view: dict[str, Any] = answer.json
    return view


def _return(sitter: Sitter) -> dict[str, Any]:
    view: dict[str, Any] = sitter.delete(f"{sitter.path}/break").json
    return view


def test_a_break_hides_the_paper_and_gives_back_what_it_lasted(
    rested: Sitter, moving_clock: MovableClock, world: World, database: Database
) -> None:
    rested.begin()
    moving_clock.forward(minutes=10)
    view = _take(rested)
    assert (view["phase"], view["break_seconds_left"]) == ("ON_BREAK", 600)
    assert rested.get(f"{rested.path}/paper").json["code"] == "on_break"
    assert rested.hand_in().json["code"] == "on_break"
    moving_clock.forward(minutes=4, milliseconds=1)
    assert _take(rested)["break_seconds_left"] == 359, "a repeat begins no second break"
    view = _return(rested)
    assert (view["phase"], view["break_seconds_left"]) == ("OPEN", 359)
    assert view["closes_at"] == (world.now + timedelta(minutes=64, seconds=1)).isoformat()
    assert rested.paper()
    with database.reading() as db:
        events = [entry.action for entry in audit.history(db, f"sitting:{rested.enrolment.sitting.id}")]
    assert events[-2:] == ["sitting.break_started", "sitting.break_ended"]


@pytest.mark.parametrize(("late", "phase"), [(-1, "ON_BREAK"), (0, "ON_BREAK"), (1, "OPEN")])
def test_a_break_that_uses_up_its_allowance_is_over_by_itself(
    rested: Sitter, moving_clock: MovableClock, world: World, late: int, phase: str
) -> None:
    rested.begin()
    _take(rested)
    moving_clock.forward(minutes=10, seconds=late)
    assert rested.view()["phase"] == phase
    moving_clock.at = world.now + timedelta(minutes=30)
    assert rested.view()["closes_at"] == (world.now + timedelta(minutes=70)).isoformat()
    assert rested.post(f"{rested.path}/break", {}).json["code"] == "no_break_left"


def test_no_sweep_ends_a_sitting_early_that_went_on_a_break_just_before_its_end(
    rested: Sitter, database: Database, moving_clock: MovableClock, stored: Stored
) -> None:
    rested.begin()
    moving_clock.forward(minutes=59)
    _take(rested)
    moving_clock.forward(minutes=11, seconds=15)
    worker.sweep_once(database)
    assert stored(rested).state == "IN_PROGRESS"
    moving_clock.forward(seconds=1)
    worker.sweep_once(database)
    assert stored(rested).state == "HANDED_IN"


def test_an_answer_that_was_under_way_when_the_break_began_is_taken(rested: Sitter) -> None:
    ref = rested.begin().refs()["SINGLE_CHOICE"]
    _take(rested)
    assert rested.send(rested.entry(ref, {"choice": "a"})).status_code == 200


def test_who_was_given_no_break_has_none(sitter: Sitter) -> None:
    assert sitter.begin().post(f"{sitter.path}/break", {}).json["code"] == "no_break_left"


def test_nobody_rests_before_the_paper(rested: Sitter) -> None:
    assert rested.enter().post(f"{rested.path}/break", {}).json["code"] == "not_opened"


def test_a_pause_ends_the_break(
    rested: Sitter, proctor: Identity, database: Database, moving_clock: MovableClock
) -> None:
    rested.begin()
    _take(rested)
    moving_clock.forward(minutes=2)
    act: dict[str, Any] = {"reason": "停电", "by": proctor, "now": moving_clock()}
    with database.transaction() as db:
        invigilating.pause(db, rested.enrolment.sitting.id, **act)
    assert rested.post(f"{rested.path}/break", {}).json["code"] == "sitting_paused"
    assert rested.view()["break_seconds_left"] == 480


@pytest.mark.parametrize(("late", "code"), [(-1, None), (0, None), (1, "consent_missing"), (599, "consent_missing")])
def test_in_the_last_ten_minutes_nobody_hands_in_without_consent(
    sitter: Sitter, moving_clock: MovableClock, late: int, code: str | None
) -> None:
    sitter.begin()
    moving_clock.forward(minutes=50, seconds=late)
    assert sitter.hand_in().json.get("code") == code


def test_at_the_end_the_page_hands_in_without_anybodys_consent(sitter: Sitter, moving_clock: MovableClock) -> None:
    sitter.begin()
    moving_clock.forward(minutes=60)
    assert sitter.hand_in().json["state"] == "HANDED_IN"


def test_with_a_proctors_consent_the_candidate_hands_in(
    sitter: Sitter, proctor: Identity, database: Database, moving_clock: MovableClock
) -> None:
    assert sitter.begin().view()["consent_from"] is not None
    moving_clock.forward(minutes=55)
    act: dict[str, Any] = {"reason": "", "by": proctor, "now": moving_clock()}
    with database.transaction() as db:
        invigilating.allow_hand_in(db, sitter.enrolment.sitting.id, **act)
    assert sitter.view()["consent_from"] is None
    assert sitter.hand_in().json["state"] == "HANDED_IN"
