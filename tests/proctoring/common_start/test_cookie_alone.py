"""A candidate's login cookie that was carried off alone: it gets neither the paper nor its keys, and has no line."""

from datetime import datetime, timedelta
from itertools import product

import pytest
from flask import Flask
from flask_socketio import ConnectionRefusedError as Refused
from sqlalchemy import select
from starts import Page, RoundAt, heard
from waiters import Waiter
from walls import Wall

from examsvc.accounts.access import COOKIE, CSRF_HEADER
from examsvc.core.db import Database
from proctoring.models import ProctorEvent
from proctoring.sockets.running import RUNNING, Running

SECOND = timedelta(seconds=1)
NO_MEDIUM = f"sealed-media/{'0' * 64}"
WAYS = ("preload", "sealed-paper", NO_MEDIUM, "paper-key", "paper")


@pytest.fixture
def mine(waiters: list[Waiter]) -> Waiter:
    return waiters[0]


@pytest.fixture
def thief(mine: Waiter) -> Waiter:
    return Waiter(mine.sitter.cookie_thief())


def seen(database: Database) -> list[str]:
    """Return what the server noticed beside that somebody came."""
    with database.reading() as db:
        kinds = db.scalars(select(ProctorEvent.kind).order_by(ProctorEvent.at))
        return [str(kind) for kind in kinds if kind != "CONNECTED"]


def test_it_reads_nothing_of_the_paper_neither_before_nor_after_the_start(
    mine: Waiter, thief: Waiter, round_at: RoundAt, starts_at: datetime
) -> None:
    for now in (starts_at - SECOND, starts_at):
        round_at(now)
        for way, token in product(WAYS, ("", "0" * 64, "伪")):
            refused = thief.get(way, headers={CSRF_HEADER: token})
            assert (refused.status_code, refused.json["code"]) == (403, "csrf_token_missing")
    mine.sitter.claim()
    assert {thief.get(way).json["code"] for way in WAYS} == {"csrf_token_missing"}


def test_its_owner_reads_all_of_it(mine: Waiter, round_at: RoundAt, starts_at: datetime) -> None:
    assert mine.preload()["seal"]
    assert mine.sealed()
    assert mine.get(NO_MEDIUM).status_code == 404
    round_at(starts_at)
    assert mine.get("paper-key").status_code == 200
    mine.sitter.claim()
    assert mine.sitter.paper()["title"]


def test_it_has_no_line_and_is_told_no_keys(
    mine: Waiter, thief: Waiter, page: Page, round_at: RoundAt, starts_at: datetime, database: Database
) -> None:
    own, foreign = page(mine), page(thief)
    thief.sitter.csrf_token = "0" * 64
    forged = page(thief)
    assert [each.is_connected("/candidate") for each in (own, foreign, forged)] == [True, False, False]
    round_at(starts_at)
    round_at(starts_at + SECOND)
    assert len(heard(own)) == 1
    assert (foreign.queue, forged.queue) == ([], [])
    assert seen(database) == []


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("token", "code"),
    [
        ({}, "csrf_token_missing"),
        ({"csrf_token": ""}, "csrf_token_missing"),
        ({"csrf_token": "伪"}, "csrf_token_missing"),
        ({"csrf_token": "\ud800"}, "invalid"),
        ({"csrf_token": None}, "invalid"),
        ({"csrf_token": 5}, "invalid"),
        ({"csrf_token": "0" * 201}, "invalid"),
    ],
)
def test_the_refusal_of_its_line_has_a_code(app: Flask, mine: Waiter, token: dict[str, object], code: str) -> None:
    running: Running = app.extensions[RUNNING]
    cookie = mine.sitter.client.get_cookie(COOKIE)
    assert cookie
    auth = {"sitting_id": str(mine.sitter.enrolment.sitting.id), **token}
    with app.test_request_context(headers={"Cookie": f"{COOKIE}={cookie.value}"}), pytest.raises(Refused) as refused:
        running.candidates.on_connect(auth)
    message, answer = refused.value.args
    assert (message, answer["code"]) == (code, code)


@pytest.mark.parametrize(("told_by", "value"), [("REMOTE_ADDR", "203.0.113.7"), ("HTTP_USER_AGENT", "Another/1.0")])
def test_a_login_that_was_carried_off_whole_has_a_line_that_is_seen(
    mine: Waiter, page: Page, round_at: RoundAt, starts_at: datetime, database: Database, wall: Wall,
    told_by: str, value: str,
) -> None:  # fmt: skip
    second = mine.sitter.cookie_thief()
    second.csrf_token = mine.sitter.csrf_token
    second.client.environ_base[told_by] = value
    both = [page(mine), page(Waiter(second))]
    round_at(starts_at)
    round_at(starts_at + SECOND)
    assert [len(heard(each)) for each in both] == [1, 1]
    assert seen(database) == ["READ_ELSEWHERE"]
    mine.sitter.claim()
    assert wall.tile(mine.sitter)["last_alert"]["kind"] == "READ_ELSEWHERE"
