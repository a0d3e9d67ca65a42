from collections.abc import Callable
from datetime import timedelta

import pytest
from sitters import Sitter
from sqlalchemy import select
from world import World

from examsvc import worker
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery import finishing, invigilating, signals
from examsvc.delivery.models import ExamSession, Sitting
from examsvc.delivery.states import ExamSessionState
from examsvc.delivery.sweeping import CLOSING_PATIENCE
from scoring.models import ComponentScore

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


def test_who_is_ended_in_a_batch_ends_as_who_is_ended_alone(
    sitter: Sitter, neighbour: Sitter, database: Database, moving_clock: MovableClock
) -> None:
    """Same stamps, same audit entry, same scores."""
    told = []
    asked = sitter.begin().refs()["SINGLE_CHOICE"]  # the neighbour's paper may begin with another
    neighbour.begin()
    for own in (sitter, neighbour):
        assert own.send(own.entry(asked, {"choice": "b"})).status_code == 200
    with database.transaction() as db:  # both on a break that outlasts the exam
        for own in (sitter, neighbour):
            sitting = get(db, Sitting, own.enrolment.sitting.id)
            sitting.break_allowance_seconds, sitting.break_started_at = 60, moving_clock()
    moving_clock.forward(minutes=63)
    with database.transaction() as db:
        finishing.settle(db, sitter.enrolment.sitting.id, now=moving_clock())
    with database.transaction() as db:
        ids = [own.enrolment.sitting.id for own in (sitter, neighbour)]
        finishing.settle_many(db, ids, now=moving_clock())
        finishing.settle_many(db, ids, now=moving_clock())
    with database.reading() as db:
        for own in (sitter, neighbour):
            sitting = get(db, Sitting, own.enrolment.sitting.id)
            entry = audit.history(db, sitting.audit_stream)[-1]
            scores = db.scalars(select(ComponentScore).filter_by(enrolment_id=own.enrolment.id))
            points = sorted((str(score.work_task_id), score.points) for score in scores)
            told.append((sitting.state, sitting.finished_at, sitting.finish_reason, entry.action, entry.detail, points))
            assert audit.verify(db, sitting.audit_stream) is None
            assert (sitting.break_started_at, sitting.break_used_seconds) == (None, 60)
    assert told[0] == told[1]
    assert told[0][0] == "HANDED_IN"
    assert len(told[0][-1]) == 2


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

    def fail_all(sittings: list[Sitting], **_: object) -> None:
        for sitting in sittings:
            fail(sitting)

    moving_clock.forward(minutes=90, seconds=30)
    with signals.sitting_finished.connected_to(fail), signals.sittings_finished.connected_to(fail_all):
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
