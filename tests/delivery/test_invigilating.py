from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sitters import Sitter
from world import World

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.errors import IllegalTransition, NotFound
from examsvc.core.identity import Identity
from examsvc.core.ids import new_id
from examsvc.delivery import invigilating, signals
from examsvc.delivery.errors import BadExtension, SittingOver
from examsvc.delivery.models import Sitting
from examsvc.delivery.states import ExamSessionState

Order = Callable[..., Sitting]
Stored = Callable[[Sitter], Sitting]
HOUR = timedelta(hours=1)


@pytest.fixture
def order(database: Database, proctor: Identity, sitter: Sitter, moving_clock: MovableClock) -> Order:
    """Give the sitter's sitting an order now."""

    def give(verb: Callable[..., Sitting], **detail: Any) -> Sitting:
        act = {"reason": "停电", "by": proctor, "now": moving_clock(), **detail}
        with database.transaction() as db:
            return verb(db, sitter.enrolment.sitting.id, **act)

    return give


@pytest.fixture
def told() -> Iterator[list[str]]:
    """The names of the signals that were sent."""
    heard: list[str] = []
    names = ("sitting_clock_changed", "sitting_finished", "sitting_reopened")
    listeners = {name: _listener(name, heard) for name in names}
    for name, listener in listeners.items():
        getattr(signals, name).connect(listener)
    yield heard
    for name, listener in listeners.items():
        getattr(signals, name).disconnect(listener)


def _listener(name: str, heard: list[str]) -> Callable[..., None]:
    def hear(_sitting: Sitting, **_: object) -> None:
        heard.append(name)

    return hear


def test_an_extension_moves_the_end_by_exactly_its_seconds(sitter: Sitter, order: Order, told: list[str]) -> None:
    sitter.begin()
    order(invigilating.extend, seconds=90)
    order(invigilating.extend, seconds=30)
    view = sitter.view()
    assert view["closes_at"] == "2026-11-23T02:02:00+00:00"
    assert view["extra_seconds"] == 120
    assert told == ["sitting_clock_changed"] * 2


@pytest.mark.parametrize("seconds", [0, -60, 4 * 3600 + 1])
def test_an_extension_never_takes_time_away_nor_gives_a_day(sitter: Sitter, order: Order, seconds: int) -> None:
    sitter.begin()
    with pytest.raises(BadExtension):
        order(invigilating.extend, seconds=seconds)


def test_an_extension_before_the_opening_counts_and_lets_the_late_in(
    sitter: Sitter, common_clock: None, order: Order, moving_clock: MovableClock, world: World
) -> None:
    sitter.enter().check_in()
    order(invigilating.extend, seconds=600)
    moving_clock.forward(minutes=40)
    assert sitter.claim()["closes_at"] == (world.now + timedelta(minutes=70)).isoformat()


def test_a_pause_hides_the_paper_and_stops_the_clock_but_not_what_is_under_way(
    sitter: Sitter, order: Order, moving_clock: MovableClock, told: list[str]
) -> None:
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    order(invigilating.pause)
    assert sitter.view()["phase"] == "PAUSED"
    assert sitter.get(f"{sitter.path}/paper").json["code"] == "sitting_paused"
    assert sitter.hand_in().json["code"] == "sitting_paused"
    assert sitter.send(sitter.entry(ref, {"choice": "a"})).status_code == 200
    moving_clock.forward(hours=10)
    assert sitter.view()["state"] == "PAUSED"
    assert sitter.claim()["epoch"] == 2
    assert told == ["sitting_clock_changed"]


def test_a_pause_is_given_back_exactly(sitter: Sitter, order: Order, moving_clock: MovableClock) -> None:
    sitter.begin()
    for length in (90, 3600, 1):
        moving_clock.forward(minutes=5)
        order(invigilating.pause)
        moving_clock.forward(seconds=length)
        order(invigilating.resume)
    assert sitter.view()["closes_at"] == "2026-11-23T03:01:31+00:00"
    moving_clock.forward(minutes=45)
    assert sitter.view()["state"] == "IN_PROGRESS"
    assert sitter.paper()


def test_of_a_broken_second_of_a_pause_the_candidate_gets_the_whole(
    sitter: Sitter, order: Order, moving_clock: MovableClock
) -> None:
    sitter.begin()
    order(invigilating.pause)
    moving_clock.forward(milliseconds=10_001)
    order(invigilating.resume)
    assert sitter.view()["closes_at"] == "2026-11-23T02:00:11+00:00"


def test_an_extension_during_a_pause_is_added_to_it(sitter: Sitter, order: Order, moving_clock: MovableClock) -> None:
    sitter.begin()
    order(invigilating.pause)
    order(invigilating.extend, seconds=60)
    moving_clock.forward(minutes=30)
    order(invigilating.resume)
    assert sitter.view()["closes_at"] == "2026-11-23T02:31:00+00:00"


def test_only_what_is_paused_is_resumed_and_nothing_is_paused_twice(sitter: Sitter, order: Order) -> None:
    with pytest.raises(IllegalTransition):
        order(invigilating.resume)
    order(invigilating.pause)
    with pytest.raises(IllegalTransition):
        order(invigilating.pause)
    order(invigilating.resume)
    sitter.begin()
    with pytest.raises(IllegalTransition):
        order(invigilating.resume)
    order(invigilating.pause)
    with pytest.raises(IllegalTransition):
        order(invigilating.pause)


def test_a_terminated_sitting_takes_nothing_more_and_keeps_what_it_has(
    sitter: Sitter, order: Order, stored: Stored, told: list[str]
) -> None:
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    sitter.send(sitter.entry(ref, {"choice": "a"}))
    order(invigilating.terminate, reason="替考")
    view = sitter.view()
    assert (view["state"], view["finish_reason"], view["answered_count"]) == ("TERMINATED", "BY_PROCTOR", 1)
    assert sitter.send(sitter.entry(ref, {"choice": "b"})).json["code"] == "sitting_closed"
    assert sitter.hand_in().json["code"] == "sitting_over"
    assert told == ["sitting_finished"]


def test_a_paused_sitting_and_one_not_yet_opened_can_be_terminated(
    sitter: Sitter, neighbour: Sitter, order: Order, stored: Stored, database: Database, proctor: Identity, world: World
) -> None:
    sitter.begin()
    order(invigilating.pause)
    order(invigilating.terminate)
    assert stored(sitter).paused_at is None
    with database.transaction() as db:
        invigilating.terminate(db, neighbour.enrolment.sitting.id, reason="人证不符", by=proctor, now=world.now)
    assert neighbour.enter().view()["phase"] == "OVER"


def test_an_extension_reopens_what_time_had_ended_with_exactly_its_seconds_left(
    sitter: Sitter, order: Order, moving_clock: MovableClock, told: list[str], stored: Stored
) -> None:
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    moving_clock.forward(minutes=65)
    assert sitter.view()["finish_reason"] == "TIME_UP"
    order(invigilating.extend, seconds=300)
    view = sitter.view()
    assert (view["state"], view["phase"]) == ("IN_PROGRESS", "OPEN")
    assert (view["finished_at"], view["finish_reason"]) == (None, None)
    assert view["closes_at"] == (moving_clock.at + timedelta(seconds=300)).isoformat()
    assert sitter.send(sitter.entry(ref, {"choice": "a"})).json["answered_count"] == 1
    moving_clock.forward(seconds=400)
    assert sitter.view()["finished_at"] == view["closes_at"]
    assert told == ["sitting_finished", "sitting_reopened", "sitting_clock_changed", "sitting_finished"]


def test_an_overdue_sitting_that_nobody_has_ended_yet_is_extended_likewise(
    sitter: Sitter, order: Order, moving_clock: MovableClock, database: Database
) -> None:
    sitter.begin()
    moving_clock.forward(minutes=65)
    own = order(invigilating.extend, seconds=60)
    assert own.closes_at == moving_clock.at + timedelta(seconds=60)
    with database.reading() as db:
        actions = [entry.action for entry in audit.history(db, own.audit_stream)]
    assert actions[-3:] == ["sitting.handed_in", "sitting.extended", "sitting.in_progress"]


def test_within_the_grace_an_extension_only_moves_the_end(
    sitter: Sitter, order: Order, moving_clock: MovableClock
) -> None:
    sitter.begin()
    moving_clock.forward(minutes=60, seconds=15)
    assert order(invigilating.extend, seconds=60).closes_at == sitter.enrolment.created_at + HOUR + timedelta(
        seconds=60
    )


@pytest.mark.parametrize("verb", [invigilating.extend, invigilating.pause, invigilating.resume, invigilating.terminate])
def test_what_the_candidate_handed_in_stays_as_it_is(
    sitter: Sitter, order: Order, verb: Callable[..., Sitting]
) -> None:
    sitter.begin().hand_in()
    with pytest.raises(SittingOver):
        order(verb, **({"seconds": 60} if verb is invigilating.extend else {}))
    assert sitter.view()["finish_reason"] == "BY_CANDIDATE"


def test_after_the_session_is_closed_nothing_is_reopened(
    sitter: Sitter, order: Order, moving_clock: MovableClock, reset: Callable[..., None]
) -> None:
    sitter.begin()
    moving_clock.forward(hours=2)
    sitter.view()
    reset(state=ExamSessionState.CLOSED)
    with pytest.raises(SittingOver):
        order(invigilating.extend, seconds=60)


def test_every_order_is_in_the_audit_with_who_and_why(sitter: Sitter, order: Order, database: Database) -> None:
    sitter.begin()
    order(invigilating.extend, seconds=60)
    order(invigilating.pause)
    order(invigilating.resume)
    order(invigilating.terminate)
    with database.reading() as db:
        entries = audit.history(db, sitter.enrolment.sitting.audit_stream)[-4:]
    assert {entry.actor_name for entry in entries} == {"proctor1先生"}
    assert {entry.detail["reason"] for entry in entries} == {"停电"}


def test_an_order_for_a_sitting_that_does_not_exist_is_refused(
    database: Database, proctor: Identity, world: World
) -> None:
    with pytest.raises(NotFound), database.transaction() as db:
        invigilating.pause(db, new_id(), reason="", by=proctor, now=world.now)
