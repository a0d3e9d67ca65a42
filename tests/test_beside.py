"""Whoever keeps processes beside itself looks for them whether there is work; until they are woken they rest."""

import os
import sys
import threading
from uuid import UUID

import pytest
from patience import wait_until
from sqlalchemy import select
from sqlalchemy.orm import Session
from world import World

from examsvc import beside, worker
from examsvc.cli import serving
from examsvc.core import clock, ids, sweeps
from examsvc.core.db import Database
from examsvc.core.jobs.models import Job
from examsvc.core.jobs.states import JobState
from examsvc.core.sweeps import Sweep
from examsvc.worker import Rest
from questionbank import draw_jobs

HOUR = 3_600.0
ORDER = {"kind": "INDIVIDUAL", "count": 3, "overlap": 0, "seed": "公开", "seen_paper_ids": []}


def test_whoever_rests_goes_on_when_woken_and_finds_a_job_asked_for_meanwhile(world: World, database: Database) -> None:
    def state() -> JobState | None:
        with database.reading() as db:
            return db.scalar(select(Job.state).order_by(Job.asked_at.desc()))

    rest = Rest(HOUR)
    running = threading.Thread(target=worker.run_jobs, args=(database, rest))
    running.start()
    try:
        with database.transaction() as db:
            draw_jobs.ask(db, world.blueprint.id, ORDER, by=world.by("office"), now=clock.now())
        rest.wake()
        wait_until(lambda: state() == JobState.DONE)
    finally:
        rest.end()
        running.join()


def test_a_worker_does_in_each_round_what_it_is_for_until_the_end(database: Database) -> None:
    looked: list[str] = []
    rest = Rest(HOUR)

    def sweep(name: str) -> Sweep:
        def due(_db: Session, _now: object) -> list[UUID]:
            looked.append(name)
            rest.wake()
            if len(looked) == 4:
                rest.end()
            return []

        return Sweep(name, due, lambda *_: None)

    often, seldom = sweep("often"), sweep("seldom")
    worker.run(database, rest, iter([[often, seldom], [often], [often], [seldom]]))
    assert looked == ["often", "seldom", "often", "often"]


def test_what_can_wait_is_looked_for_in_one_round_of_some() -> None:
    often, seldom = (
        Sweep(name, lambda *_: [], lambda *_: None, can_wait=name == "seldom") for name in ("often", "seldom")
    )
    rounds = sweeps.in_turn([often, seldom])
    found = [next(rounds) for _ in range(2 * sweeps.SELDOM)]
    assert found == 2 * [[often, seldom], *[[often]] * (sweeps.SELDOM - 1)]


@pytest.fixture
def woken() -> list[str]:
    return []


def test_only_those_are_woken_who_have_something_to_do(database: Database, woken: list[str]) -> None:
    idle = Sweep("idle", lambda *_: [], lambda *_: None, comes_in_crowds=True)
    busy = Sweep("busy", lambda *_: [ids.new_id()], lambda *_: None, comes_in_crowds=True)
    for crowds in ([idle], [idle, busy]):
        beside.look(
            database,
            {beside.crowds_looked_for(crowds): [lambda: woken.append("first"), lambda: woken.append("second")]},
        )
        assert woken == (["first", "second"] if busy in crowds else [])


def test_for_those_that_can_wait_they_are_woken_in_their_turn_and_nobody_else_looks(
    database: Database, woken: list[str]
) -> None:
    def due(_db: Session, _now: object) -> list[UUID]:
        pytest.fail("only who is woken looks")

    seldom = Sweep("seldom", due, lambda *_: None, comes_in_crowds=True, can_wait=True)
    is_due = beside.crowds_looked_for([seldom])
    for _ in range(2 * sweeps.SELDOM):
        beside.look(database, {is_due: [lambda: woken.append("one")]})
    assert woken == ["one", "one"]


def test_when_it_cannot_be_told_whether_there_is_work_they_are_woken(database: Database, woken: list[str]) -> None:
    def fail(_db: Session) -> bool:
        raise RuntimeError("the database does not answer")

    beside.look(database, {fail: [lambda: woken.append("one")], lambda _: False: [lambda: woken.append("other")]})
    assert woken == ["one"]


def test_who_is_kept_goes_on_when_its_keeper_says_so_and_ends_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    read, write = os.pipe()
    stdin = os.fdopen(read)
    monkeypatch.setattr(sys, "stdin", stdin)
    rest = Rest(HOUR)
    obeying = threading.Thread(target=serving._obey_keeper, args=(rest,))
    obeying.start()
    os.write(write, beside.WAKE)
    rest.take()
    assert not rest.stop.is_set()
    os.close(write)
    obeying.join()
    stdin.close()
    rest.take()
    assert rest.stop.is_set()
