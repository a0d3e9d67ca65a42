"""The common start over the socket: told once, to who waits, with the keys of the own sealed paper."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_socketio.test_client import SocketIOTestClient
from sitters import Sitter
from waiters import Waiter
from world import World

from examsvc.app import socket_server
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery.models import ExamSession
from examsvc.delivery.sealed.pacing import SHORTEST_MS
from examsvc.delivery.states import ClockRule
from proctoring.sockets.running import RUNNING, Running
from proctoring.starting import LATEST

Page = Callable[[Waiter], SocketIOTestClient]
MS = timedelta(milliseconds=1)


@pytest.fixture
def starts_at(database: Database, world: World) -> datetime:
    """Ten minutes from now, for all."""
    starts_at = world.now + timedelta(minutes=10)
    _move(database, world, starts_at)
    return starts_at


def _move(database: Database, world: World, starts_at: datetime, **columns: Any) -> None:
    window = {"starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1), "clock_rule": ClockRule.COMMON}
    with database.transaction() as db:
        for name, value in {**window, **columns}.items():
            setattr(get(db, ExamSession, world.exam_session.id), name, value)


@pytest.fixture
def waiters(starts_at: datetime, sitters: list[Sitter]) -> list[Waiter]:
    return [Waiter(sitter.enter().check_in()) for sitter in sitters[:2]]


@pytest.fixture
def page(app: Flask) -> Page:
    """Connect a candidate's page."""

    def connect(waiter: Waiter) -> SocketIOTestClient:
        auth = {"sitting_id": waiter.sitter.path.rpartition("/")[2]}
        server, client = socket_server(app), waiter.sitter.client
        return SocketIOTestClient(app, server, namespace="/candidate", auth=auth, flask_test_client=client)

    return connect


@pytest.fixture
def round_at(app: Flask, moving_clock: MovableClock) -> Callable[[datetime], None]:
    running: Running = app.extensions[RUNNING]

    def go(at: datetime) -> None:
        moving_clock.at = at
        running.round(at)

    return go


def heard(page: SocketIOTestClient) -> list[Any]:
    return [each["args"][0] for each in page.get_received("/candidate") if each["name"] == "start"]


def test_at_the_start_each_waiting_page_is_told_the_keys_of_its_own_paper(
    waiters: list[Waiter], page: Page, round_at: Callable[[datetime], None], starts_at: datetime
) -> None:
    sealed = [(waiter.sealed(), waiter.preload()["paper_digest"]) for waiter in waiters]
    pages = [page(waiter) for waiter in waiters]
    round_at(starts_at - MS)
    assert [heard(each) for each in pages] == [[], []]
    round_at(starts_at)
    ((mine,), (theirs,)) = (heard(each) for each in pages)
    assert mine["paper_key"] != theirs["paper_key"]
    assert mine["claim_within_ms"] == SHORTEST_MS
    for waiter, (body, digest), told in zip(waiters, sealed, (mine, theirs), strict=True):
        assert waiter.open(body, told["paper_key"], digest)["title"] == "测试场次"
        assert waiter.sitter.claim()["paper_key"] == told["paper_key"]


def test_the_start_is_told_once(
    waiters: list[Waiter], page: Page, round_at: Callable[[datetime], None], starts_at: datetime
) -> None:
    mine = page(waiters[0])
    for seconds in range(3):
        round_at(starts_at + timedelta(seconds=seconds))
    assert len(heard(mine)) == 1


def test_both_tabs_of_a_candidate_are_told(
    waiters: list[Waiter], page: Page, round_at: Callable[[datetime], None], starts_at: datetime
) -> None:
    tabs = [page(waiters[0]), page(waiters[0])]
    round_at(starts_at)
    assert [len(heard(tab)) for tab in tabs] == [1, 1]


def test_who_has_not_done_every_step_is_told_nothing(
    sitters: list[Sitter], page: Page, round_at: Callable[[datetime], None], starts_at: datetime
) -> None:
    mine = page(Waiter(sitters[0].enter()))
    round_at(starts_at)
    assert heard(mine) == []


def test_nobody_is_told_of_a_start_long_ago(
    waiters: list[Waiter], page: Page, round_at: Callable[[datetime], None], starts_at: datetime
) -> None:
    mine = page(waiters[0])
    round_at(starts_at + LATEST)
    assert heard(mine) == []


def test_by_a_personal_clock_nobody_is_told(
    waiters: list[Waiter],
    page: Page,
    round_at: Callable[[datetime], None],
    starts_at: datetime,
    database: Database,
    world: World,
) -> None:
    mine = page(waiters[0])
    _move(database, world, starts_at, clock_rule=ClockRule.PERSONAL)
    round_at(starts_at)
    assert heard(mine) == []


def test_a_moved_start_is_told_at_its_new_hour_with_another_key(
    waiters: list[Waiter],
    page: Page,
    round_at: Callable[[datetime], None],
    starts_at: datetime,
    database: Database,
    world: World,
) -> None:
    mine = page(waiters[0])
    round_at(starts_at)
    (first,) = heard(mine)
    later = starts_at + timedelta(minutes=5)
    _move(database, world, later)
    round_at(later - MS)
    assert heard(mine) == []
    round_at(later)
    (second,) = heard(mine)
    assert second["paper_key"] != first["paper_key"]
