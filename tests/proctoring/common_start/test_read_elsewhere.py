"""A second log-in of a candidate that reads along: seen on the wall before a claim, and shut out after it."""

from datetime import datetime, timedelta

import pytest
from flask import Flask
from sitters import Sitter
from sqlalchemy import select
from starts import Page, RoundAt
from waiters import Waiter
from walls import Wall

from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from proctoring.models import ProctorEvent
from proctoring.restraint import BURST
from proctoring.states import EventKind

SECOND = timedelta(seconds=1)
ELSEWHERE = {"environ_base": {"REMOTE_ADDR": "203.0.113.7"}}


@pytest.fixture
def mine(waiters: list[Waiter]) -> Waiter:
    return waiters[0]


@pytest.fixture
def accomplice(mine: Waiter, app: Flask, moving_clock: MovableClock) -> Waiter:
    """Who has ticket and last digits, at another machine."""
    return Waiter(Sitter(app, mine.sitter.enrolment, moving_clock).enter())


def seen(database: Database) -> list[str]:
    """Return from where another log-in was seen to read, in order."""
    with database.reading() as db:
        query = select(ProctorEvent).filter_by(kind=EventKind.READ_ELSEWHERE).order_by(ProctorEvent.at)
        return [event.detail.get("address", "") for event in db.scalars(query)]


def test_who_did_not_claim_reads_neither_paper_nor_keys_and_is_seen(
    mine: Waiter, accomplice: Waiter, round_at: RoundAt, starts_at: datetime, database: Database, wall: Wall
) -> None:
    round_at(starts_at)
    mine.sitter.claim()
    assert mine.sitter.paper()["title"]
    assert mine.get("paper-key").status_code == 200
    round_at(starts_at + SECOND)
    assert seen(database) == []
    for way in ("paper", "paper-key"):
        refused = accomplice.get(way, **ELSEWHERE)
        assert (refused.status_code, refused.json["code"]) == (409, "paper_claimed_elsewhere")
    round_at(starts_at + 2 * SECOND)
    assert seen(database) == ["203.0.113.7"] * 2
    assert wall.tile(mine.sitter)["last_alert"]["kind"] == "READ_ELSEWHERE"


def test_who_moved_to_another_machine_claims_there_and_reads(
    mine: Waiter, accomplice: Waiter, round_at: RoundAt, starts_at: datetime, database: Database
) -> None:
    round_at(starts_at)
    mine.sitter.claim()
    accomplice.sitter.claim()
    assert accomplice.sitter.paper()["title"]
    assert mine.get("paper").json["code"] == "paper_claimed_elsewhere"
    mine.sitter.claim()
    assert mine.sitter.paper()["title"]
    round_at(starts_at + SECOND)
    assert len(seen(database)) == 1


def test_before_a_claim_both_are_given_the_keys_and_proctors_are_told(
    mine: Waiter, accomplice: Waiter, round_at: RoundAt, starts_at: datetime, database: Database
) -> None:
    round_at(starts_at)
    for _ in range(2):
        assert mine.get("paper-key").status_code == 200
    round_at(starts_at + SECOND)
    assert seen(database) == []
    assert accomplice.get("paper-key", **ELSEWHERE).status_code == 200
    round_at(starts_at + 2 * SECOND)
    assert seen(database) == ["203.0.113.7"]
    mine.sitter.claim()
    assert accomplice.get("paper-key").json["code"] == "paper_claimed_elsewhere"


def test_a_first_claim_tells_that_another_was_given_the_keys_before(
    mine: Waiter, accomplice: Waiter, round_at: RoundAt, starts_at: datetime, database: Database, wall: Wall
) -> None:
    round_at(starts_at)
    assert accomplice.get("paper-key").status_code == 200
    mine.sitter.claim()
    round_at(starts_at + SECOND)
    assert len(seen(database)) == 1
    assert wall.tile(mine.sitter)["last_alert"]["kind"] == "READ_ELSEWHERE"


def test_two_log_ins_that_are_told_the_start_are_seen_and_two_tabs_are_not(
    waiters: list[Waiter], accomplice: Waiter, page: Page, round_at: RoundAt, starts_at: datetime, database: Database
) -> None:
    tabs = [page(waiters[1]), page(waiters[1])]
    two = [page(waiters[0]), page(accomplice)]
    round_at(starts_at)
    round_at(starts_at + SECOND)
    assert [len(each.get_received("/candidate")) for each in (*tabs, *two)] == [1] * 4
    with database.reading() as db:
        events = db.scalars(select(ProctorEvent).filter_by(kind=EventKind.READ_ELSEWHERE)).all()
        assert [event.sitting_id for event in events] == [waiters[0].sitter.enrolment.sitting.id]


def test_who_asks_without_end_fills_nothing(
    mine: Waiter, accomplice: Waiter, round_at: RoundAt, starts_at: datetime, database: Database
) -> None:
    round_at(starts_at)
    mine.sitter.claim()
    for _ in range(BURST + 10):
        accomplice.get("paper")
    round_at(starts_at + SECOND)
    assert len(seen(database)) == BURST
