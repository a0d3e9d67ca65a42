"""The service proves its own life."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select
from world import World

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery.ledger import beating
from examsvc.delivery.ledger.beating import SILENT_AFTER, Process
from examsvc.delivery.ledger.models import ONLY, SERVICE_STREAM, Heartbeat, Outage
from examsvc.delivery.ledger.states import Cause


def outages(database: Database) -> list[Outage]:
    with database.reading() as db:
        return list(db.scalars(select(Outage).order_by(Outage.from_at)))


def beat(database: Database, process: Process, clock: MovableClock) -> None:
    with database.transaction() as db:
        beating.beat(db, process, now=clock())


@pytest.mark.parametrize(("gap", "count"), [(timedelta(seconds=3), 0), (SILENT_AFTER, 0), (SILENT_AFTER * 1.1, 1)])
def test_a_gap_between_two_beats_is_an_outage_of_just_its_length(
    database: Database, moving_clock: MovableClock, gap: timedelta, count: int
) -> None:
    first = moving_clock()
    beat(database, Process("a", first), moving_clock)
    moving_clock.at += gap
    beat(database, Process("b", moving_clock()), moving_clock)
    found = outages(database)
    assert len(found) == count
    assert all(
        (outage.cause, outage.from_at, outage.to_at) == (Cause.SERVICE, first, moving_clock()) for outage in found
    )


def test_a_process_that_lived_through_the_gap_tells_that_nothing_could_be_stored(
    database: Database, moving_clock: MovableClock
) -> None:
    process = Process("a", moving_clock())
    for seconds in (0, 3, 60):
        moving_clock.forward(seconds=seconds)
        beat(database, process, moving_clock)
    [outage] = outages(database)
    assert outage.cause == Cause.DATABASE
    assert (outage.to_at - outage.from_at).total_seconds() == 60


def test_one_of_two_processes_is_enough(database: Database, moving_clock: MovableClock) -> None:
    for seconds in range(0, 60, 6):
        process = Process("ab"[seconds // 6 % 2], moving_clock())
        beat(database, process, moving_clock)
        moving_clock.forward(seconds=6)
    assert outages(database) == []


def test_two_that_come_back_together_note_one_outage(database: Database, moving_clock: MovableClock) -> None:
    beat(database, Process("old", moving_clock()), moving_clock)
    moving_clock.forward(seconds=90)
    for name in ("b", "c"):
        beat(database, Process(name, moving_clock()), moving_clock)
    assert len(outages(database)) == 1


def test_an_outage_stands_in_the_audit_log_with_its_proof(database: Database, moving_clock: MovableClock) -> None:
    beat(database, Process("before", moving_clock()), moving_clock)
    moving_clock.forward(seconds=77)
    beat(database, Process("after", moving_clock()), moving_clock)
    with database.reading() as db:
        [entry] = audit.history(db, SERVICE_STREAM)
        assert audit.verify(db, SERVICE_STREAM) is None
    assert (entry.detail["last_process"], entry.detail["process"]) == ("before", "after")


def test_a_clock_that_is_set_back_does_not_hide_the_next_outage(database: Database, moving_clock: MovableClock) -> None:
    process = Process("a", moving_clock())
    beat(database, process, moving_clock)
    moving_clock.forward(seconds=-300)
    beat(database, process, moving_clock)
    moving_clock.forward(seconds=20)
    beat(database, process, moving_clock)
    assert [(outage.to_at - outage.from_at).total_seconds() for outage in outages(database)] == [20]


def test_a_process_beats_until_it_is_stopped(database: Database, moving_clock: MovableClock) -> None:
    stop = threading.Event()
    stop.set()
    process = beating.new_process(moving_clock())
    beating.beat_once(database, process)
    beating.keep_beating(database, process, stop=stop)
    with database.reading() as db:
        assert get(db, Heartbeat, ONLY).process == process.id


def test_a_beat_that_cannot_be_stored_stops_nothing(
    world: World, database: Database, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        Heartbeat.__table__.drop(db.connection())  # type: ignore[attr-defined]
    beating.beat_once(database, beating.new_process(moving_clock()))
    with database.transaction() as db:
        Heartbeat.__table__.create(db.connection())  # type: ignore[attr-defined]
