"""Sealed papers in the waiting room: given early, to their own candidate, readable by nobody."""

import base64
import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from callers import Caller
from cryptography.exceptions import InvalidTag
from flask import Flask
from sitters import Sitter
from sqlalchemy import update
from waiters import Waiter, raw
from world import World

from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery.models import Sitting
from examsvc.delivery.sealed import seals

Reset = Callable[..., None]
WAYS = ("preload", "sealed-paper", f"sealed-media/{'0' * 64}", "paper-key")
SECOND = timedelta(seconds=1)


def test_the_sealed_paper_is_the_paper_once_the_key_is_there(
    waiter: Waiter, starts_at: datetime, moving_clock: MovableClock
) -> None:
    preload, body = waiter.preload(), waiter.sealed()
    moving_clock.at = starts_at
    claimed = waiter.sitter.claim()
    assert waiter.open(body, claimed["paper_key"], preload["paper_digest"]) == waiter.sitter.paper()


def test_before_the_start_no_key_is_given_and_the_refusal_says_when(waiter: Waiter, starts_at: datetime) -> None:
    for refused in (waiter.get("paper-key"), waiter.sitter.ask_claim()):
        assert (refused.status_code, refused.json["code"]) == (409, "not_started")
        assert datetime.fromisoformat(refused.json["starts_at"]) == starts_at
        assert "paper_key" not in refused.json


def test_nothing_a_page_has_seen_before_the_start_opens_the_paper(waiter: Waiter, other: Waiter) -> None:
    """Every text of 32 bytes or more that was ever answered is tried as a key, as it is and hashed to a key."""
    seen = [waiter.get(way) for way in WAYS] + [other.get(way) for way in WAYS]
    seen += [waiter.sitter.get(waiter.sitter.path), waiter.sitter.get("/api/me")]
    body, digest = waiter.sealed(), waiter.preload()["paper_digest"]
    for candidate in {key for answer in seen for key in _keys_in(answer.data + str(answer.headers).encode())}:
        with pytest.raises(InvalidTag):
            waiter.open(body, candidate, digest)


def _keys_in(data: bytes) -> set[str]:
    windows = {data[at : at + 32] for at in range(0, len(data) - 31, 7)} | {bytes(32)}
    hexes = [bytes.fromhex(word) for word in _words(data) if len(word) == 64]
    return {_as_sent(window) for window in (*windows, *hexes)}


def _words(data: bytes) -> list[str]:
    words = "".join(char if char in "0123456789abcdef" else " " for char in data.decode("latin-1"))
    return words.split()


def _as_sent(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode().rstrip("=")


@pytest.mark.parametrize(("early", "code"), [(SECOND, "preload_not_open"), (timedelta(0), None), (-SECOND, None)])
def test_sealed_papers_are_given_from_half_an_hour_before_the_start(
    waiter: Waiter, starts_at: datetime, moving_clock: MovableClock, early: timedelta, code: str | None
) -> None:
    moving_clock.at = starts_at - seals.OPENS_BEFORE_START - early
    assert (waiter.get("sealed-paper").json or {}).get("code") == code
    opens_at = datetime.fromisoformat(waiter.sitter.view()["preload_opens_at"])
    assert opens_at == starts_at - seals.OPENS_BEFORE_START


@pytest.mark.parametrize("way", WAYS[:3])
def test_without_all_steps_there_is_no_sealed_paper(starts_at: datetime, sitter: Sitter, way: str) -> None:
    refused = Waiter(sitter.enter()).get(way)
    assert (refused.status_code, refused.json["code"]) == (409, "steps_missing")


def test_without_all_steps_there_is_no_key_either(
    starts_at: datetime, sitter: Sitter, moving_clock: MovableClock
) -> None:
    moving_clock.at = starts_at
    assert Waiter(sitter.enter()).get("paper-key").json["code"] == "steps_missing"


@pytest.mark.parametrize("way", WAYS)
def test_another_candidate_s_sealed_paper_and_key_are_not_there(waiter: Waiter, other: Waiter, way: str) -> None:
    assert other.sitter.get(f"{waiter.sitter.path}/{way}").status_code == 404


@pytest.mark.parametrize("way", WAYS)
def test_staff_and_strangers_get_neither_sealed_paper_nor_key(waiter: Waiter, app: Flask, way: str) -> None:
    assert Caller(app).get(f"{waiter.sitter.path}/{way}").status_code == 401
    assert Caller(app).log_in("office").get(f"{waiter.sitter.path}/{way}").status_code == 403


def test_of_a_draft_nothing_is_given(waiter: Waiter, reset: Reset) -> None:
    reset(state="DRAFT")
    assert {waiter.get(way).status_code for way in WAYS} == {404}


def test_the_same_seal_is_answered_without_its_bytes(waiter: Waiter) -> None:
    first = waiter.get("sealed-paper")
    again = waiter.get("sealed-paper", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["ETag"] == f'"{waiter.preload()["seal"]}"'
    assert first.headers["X-Paper-Digest"] == waiter.preload()["paper_digest"]


def test_a_moved_start_seals_the_paper_anew_and_makes_what_was_fetched_useless(
    waiter: Waiter, starts_at: datetime, moving_clock: MovableClock, reset: Reset
) -> None:
    before, old = waiter.preload(), waiter.sealed()
    moving_clock.at = starts_at
    old_key = waiter.get("paper-key").json["paper_key"]
    later = starts_at + timedelta(minutes=20)
    reset(starts_at=later, ends_at=later + timedelta(hours=1))
    assert waiter.get("paper-key").json["code"] == "not_started"
    after, new = waiter.preload(), waiter.sealed()
    assert (after["seal"] != before["seal"], new != old) == (True, True)
    with pytest.raises(InvalidTag):
        waiter.open(new, old_key, after["paper_digest"])
    moving_clock.at = later
    new_key = waiter.get("paper-key").json["paper_key"]
    with pytest.raises(InvalidTag):
        waiter.open(old, new_key, before["paper_digest"])
    assert waiter.open(new, new_key, after["paper_digest"])["sections"]


def test_two_candidates_share_no_key_and_no_seal(
    waiter: Waiter, other: Waiter, starts_at: datetime, moving_clock: MovableClock
) -> None:
    mine, theirs = waiter.sealed(), other.sealed()
    assert mine != theirs
    moving_clock.at = starts_at
    my_key, their_key = waiter.sitter.claim(), other.sitter.claim()
    assert my_key["paper_key"] != their_key["paper_key"]
    assert my_key["media_key"] == their_key["media_key"]
    with pytest.raises(InvalidTag):
        waiter.open(mine, their_key["paper_key"], waiter.preload()["paper_digest"])


def test_tampered_bytes_do_not_open(waiter: Waiter, starts_at: datetime, moving_clock: MovableClock) -> None:
    body, digest = bytearray(waiter.sealed()), waiter.preload()["paper_digest"]
    moving_clock.at = starts_at
    key = waiter.sitter.claim()["paper_key"]
    body[40] ^= 1
    with pytest.raises(InvalidTag):
        waiter.open(bytes(body), key, digest)


def test_an_order_dealt_before_digests_were_kept_is_sealed_all_the_same(
    waiter: Waiter, database: Database, starts_at: datetime, moving_clock: MovableClock
) -> None:
    as_kept = waiter.preload()
    with database.transaction() as db:
        db.execute(update(Sitting).values(arrangement_digest=None))
    assert waiter.preload()["seal"] == as_kept["seal"]
    body = waiter.sealed()
    moving_clock.at = starts_at
    assert waiter.open(body, waiter.sitter.claim()["paper_key"], as_kept["paper_digest"])["title"] == "测试场次"


def test_neither_key_nor_paper_is_written_to_a_log(
    waiter: Waiter, starts_at: datetime, moving_clock: MovableClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    waiter.sealed()
    moving_clock.at = starts_at
    keys = [waiter.get("paper-key").json, waiter.sitter.claim()]
    stem = waiter.sitter.paper()["sections"][0]["questions"][0]["stem"]
    logged = "\n".join(json.dumps(vars(record), default=str, ensure_ascii=False) for record in caplog.records)
    for secret in (keys[0]["paper_key"], keys[0]["media_key"], raw(keys[1]["paper_key"]).hex(), stem):
        assert secret not in logged


def test_the_waiting_room_is_told_the_number_of_questions_without_reading_them(sitter: Sitter, world: World) -> None:
    assert sitter.enter().view()["question_count"] == len(world.paper.items)
