from collections.abc import Callable
from datetime import timedelta

import pytest
from sitters import Sitter
from world import World

from examsvc import worker
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery import invigilating, signals
from examsvc.delivery.models import ExamSession, Sitting
from examsvc.delivery.states import ExamSessionState
from examsvc.delivery.sweeping import CLOSING_PATIENCE

Stored = Callable[[Sitter], Sitting]


def _session_state(database: Database, world: World) -> ExamSessionState:
    with database.reading() as db:
        return get(db, ExamSession, world.exam_session.id).state


@pytest.mark.parametrize(("late", "ended"), [(-1, False), (0, False), (1, True)])
def test_the_sweep_ends_what_is_overdue_as_of_the_instant_it_fell_due(
    sitter: Sitter, database: Database, moving_clock: MovableClock, stored: Stored, late: int, ended: bool
) -> None:
    closes_at = sitter.begin().clock.at + timedelta(hours=1)
    moving_clock.at = closes_at + timedelta(seconds=15 + late)
    worker.sweep_once(database)
    own = stored(sitter)
    assert own.state == ("HANDED_IN" if ended else "IN_PROGRESS")
    assert own.finished_at == (closes_at if ended else None)


def test_the_sweep_leaves_alone_what_is_paused_or_was_extended(
    sitter: Sitter, neighbour: Sitter, database: Database, moving_clock: MovableClock, stored: Stored, world: World
) -> None:
    sitter.begin()
    neighbour.begin()
    with database.transaction() as db:
        act = {"reason": "停电", "by": world.by("proctor1"), "now": world.now}
        invigilating.pause(db, sitter.enrolment.sitting.id, **act)
        invigilating.extend(db, neighbour.enrolment.sitting.id, seconds=3600, **act)
    moving_clock.forward(minutes=65)
    worker.sweep_once(database)
    assert stored(sitter).state == "PAUSED"
    assert stored(neighbour).state == "IN_PROGRESS"


def test_who_never_came_is_absent_after_the_window(
    database: Database, sitter: Sitter, moving_clock: MovableClock, stored: Stored, world: World
) -> None:
    moving_clock.at = world.exam_session.ends_at
    worker.sweep_once(database)
    assert stored(sitter).state == "EXPECTED"
    moving_clock.forward(seconds=1)
    worker.sweep_once(database)
    assert (stored(sitter).state, stored(sitter).finished_at) == ("ABSENT", world.exam_session.ends_at)


def test_a_bad_row_stops_nothing(
    sitter: Sitter, neighbour: Sitter, database: Database, moving_clock: MovableClock, stored: Stored
) -> None:
    sitter.begin()
    neighbour.begin()
    bad = sitter.enrolment.sitting.id

    def fail(sitting: Sitting, **_: object) -> None:
        if sitting.id == bad:
            raise RuntimeError("a subscriber failed")

    moving_clock.forward(minutes=90, seconds=30)
    with signals.sitting_finished.connected_to(fail):
        worker.sweep_once(database)
    assert stored(sitter).state == "IN_PROGRESS"
    assert stored(neighbour).state == "HANDED_IN"
    worker.sweep_once(database)
    assert stored(sitter).state == "HANDED_IN"


def test_a_session_is_closed_a_while_after_its_window_and_its_last_sitting(
    sitter: Sitter, database: Database, moving_clock: MovableClock, world: World
) -> None:
    sitter.begin()
    moving_clock.at = world.exam_session.ends_at + timedelta(seconds=1)
    worker.sweep_once(database)
    assert _session_state(database, world) == ExamSessionState.PUBLISHED
    moving_clock.at = world.exam_session.ends_at + CLOSING_PATIENCE
    worker.sweep_once(database)
    assert _session_state(database, world) == ExamSessionState.CLOSED


def test_a_session_with_a_running_sitting_is_not_closed(
    sitter: Sitter, database: Database, moving_clock: MovableClock, world: World, stored: Stored
) -> None:
    sitter.begin()
    with database.transaction() as db:
        invigilating.pause(db, sitter.enrolment.sitting.id, reason="停电", by=world.by("proctor1"), now=world.now)
    moving_clock.forward(hours=9)
    worker.sweep_once(database)
    assert _session_state(database, world) == ExamSessionState.PUBLISHED


def test_sweeping_again_finds_nothing_left(database: Database, moving_clock: MovableClock, world: World) -> None:
    moving_clock.forward(hours=9)
    assert worker.sweep_once(database) == 3 + 1
    assert worker.sweep_once(database) == 0
