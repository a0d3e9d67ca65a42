"""A candidate who reads the paper by its released key and has not claimed it yet is no candidate who waits."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from callers import Caller
from rescues import Desk, line, rescue_file
from sitters import Sitter
from waiters import Waiter
from world import World

from examsvc.accounts import service as accounts
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery import machines, verifying
from examsvc.delivery.claiming import making
from examsvc.delivery.claiming.making import Asked
from examsvc.delivery.handover import handing
from examsvc.delivery.models import Sitting

Stored = Callable[[Sitter], Sitting]


@pytest.fixture
def reader(waiter: Waiter, starts_at: datetime, moving_clock: MovableClock) -> Sitter:
    """The exam has begun two seconds ago, and the page has its key."""
    moving_clock.at = starts_at + timedelta(seconds=2)
    assert waiter.get("paper-key").status_code == 200
    return waiter.sitter


def _a_question(database: Database, sitter: Sitter) -> str:
    with database.reading() as db:
        refs: list[str] = [place["ref"] for place in db.get_one(Sitting, sitter.enrolment.sitting.id).arrangement]
    return refs[0]


def test_what_the_page_wrote_is_taken_over_before_and_after_its_claim(
    reader: Sitter, nobody: Caller, database: Database, stored: Stored
) -> None:
    wrote = line(reader, _a_question(database, reader), None, flagged=True, epoch=0)
    desk = Desk(nobody, reader)
    assert [each["takeable"] for each in desk.preview(rescue_file(reader, wrote)).json["lines"]] == [True]
    assert stored(reader).opened_at is None
    assert desk.take(rescue_file(reader, wrote)).status_code == 200
    own = stored(reader)
    assert (own.state, own.opened_at, own.epoch) == ("IN_PROGRESS", own.key_released_at, 1)
    assert [answer["flagged"] for answer in reader.claim()["answers"]] == [True]
    with database.reading() as db:
        assert verifying.verify_chain(db, own.id) is None


def test_who_only_waits_has_nothing_to_take_over(
    waiter: Waiter, nobody: Caller, starts_at: datetime, moving_clock: MovableClock
) -> None:
    moving_clock.at = starts_at + timedelta(seconds=2)
    wrote = {**line(waiter.sitter, "q1", None), "epoch": 0}
    assert Desk(nobody, waiter.sitter).preview(rescue_file(waiter.sitter, wrote)).json["code"] == "not_opened"


@pytest.mark.parametrize(("seen_after", "credited"), [(30, 70), (None, 98)])
def test_who_is_moved_while_reading_gets_back_what_it_cost(
    reader: Sitter,
    database: Database,
    world: World,
    moving_clock: MovableClock,
    starts_at: datetime,
    stored: Stored,
    seen_after: int | None,
    credited: int,
) -> None:
    moving_clock.at = starts_at + timedelta(seconds=60)
    seen_at = starts_at + timedelta(seconds=seen_after) if seen_after else None
    order: dict[str, Any] = {"reason": "电脑死机", "seen_at": seen_at, "most_seconds": 600}
    with database.transaction() as db:
        own = reader.enrolment.sitting.id
        _, code = handing.make(db, own, **order, by=world.by("proctor1"), now=moving_clock())
    moving_clock.forward(seconds=30)
    with database.transaction() as db:
        _, login, _ = handing.use(db, code, user_agent="", now=moving_clock())
        by = accounts.identity_of(login)
    assert (stored(reader).opened_at, stored(reader).epoch) == (stored(reader).key_released_at, 1)
    moving_clock.forward(seconds=10)
    for after_epoch in (1, 2):
        with database.transaction() as db:
            making.claim(db, Asked(own, after_epoch, machines.UNKNOWN, by, moving_clock()))
        moving_clock.forward(seconds=60)
    assert (stored(reader).credited_seconds, stored(reader).epoch) == (credited, 3)
