"""Answering and handing in where Safe Exam Browser is needed: by the log-in that proved itself for the claim."""

from collections.abc import Callable
from uuid import UUID

import pytest
from clerks import Clerk
from flask import Flask
from safe_browsers import Browser
from sitters import ANSWERS, Sitter
from world import World

from examsvc.accounts.access import COOKIE
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.identity import Identity
from examsvc.delivery import finishing
from examsvc.delivery.errors import EpochSuperseded
from examsvc.delivery.handover import handing
from examsvc.delivery.models import Sitting
from examsvc.delivery.safe_browser import waiving
from examsvc.delivery.saving import service as saving
from examsvc.delivery.saving.entries import Batch, Entry
from examsvc.delivery.saving.standings import COLUMNS, EXAM_SESSION

Stored = Callable[[Sitter], Sitting]
SUPERSEDED = "epoch_superseded"


@pytest.fixture
def claimed(browser: Browser) -> Sitter:
    """Proven, claimed, and one question answered."""
    browser.prove()
    browser.sitter.claim()
    browser.sitter.answer("SINGLE_CHOICE")
    return browser.sitter


@pytest.fixture
def elsewhere(claimed: Sitter, app: Flask, moving_clock: MovableClock) -> Sitter:
    """A second log-in of the candidate, in any browser, with the epoch and the last number that it is told."""
    other = Sitter(app, claimed.enrolment, moving_clock).enter()
    other.epoch, other.seq = other.view()["epoch"], claimed.seq
    return other


def _next(sitter: Sitter, ref: str) -> Batch:
    cookie = sitter.client.get_cookie(COOKIE)
    assert cookie
    entry = Entry(sitter.seq + 1, ref, ANSWERS["NUMERIC"], flagged=False, client_at=sitter.clock())
    sitting_id = UUID(sitter.path.rpartition("/")[2])
    return Batch(sitting_id, sitter.epoch, [entry], str(cookie.value), sitter.clock())


def test_with_the_epoch_alone_another_log_in_neither_answers_nor_hands_in(
    claimed: Sitter, elsewhere: Sitter, stored: Stored
) -> None:
    ref = claimed.refs()["NUMERIC"]
    refused = elsewhere.send(elsewhere.entry(ref, ANSWERS["NUMERIC"]))
    assert (refused.status_code, refused.json["code"]) == (409, SUPERSEDED)
    elsewhere.seq = claimed.seq
    assert elsewhere.hand_in().json["code"] == SUPERSEDED
    assert (stored(claimed).last_seq, stored(claimed).state) == (1, "IN_PROGRESS")
    claimed.answer("NUMERIC")
    assert claimed.hand_in().json["state"] == "HANDED_IN"


def test_nor_does_it_answer_where_a_batch_is_stored_alone(
    claimed: Sitter, elsewhere: Sitter, database: Database
) -> None:
    ref = claimed.refs()["NUMERIC"]
    with pytest.raises(EpochSuperseded):
        saving.save_alone(database, _next(elsewhere, ref))
    assert saving.save_alone(database, _next(claimed, ref)).last_seq == 2


def test_a_repeat_of_what_is_stored_is_told_to_the_log_in_that_claimed_only(claimed: Sitter, elsewhere: Sitter) -> None:
    ref = claimed.refs()["SINGLE_CHOICE"]
    said = claimed.entry(ref, ANSWERS["SINGLE_CHOICE"], seq=1)
    assert claimed.send(said).json["acknowledged_seq"] == 1
    assert elsewhere.send(said).json["code"] == SUPERSEDED


def test_a_page_that_proves_itself_again_goes_on_until_it_claims(claimed: Sitter, browser: Browser) -> None:
    browser.prove()
    claimed.answer("NUMERIC")
    claimed.claim()
    claimed.answer("TRUE_FALSE")


def test_a_proof_of_another_log_in_takes_the_sitting_over_and_the_first_gets_it_back_by_its_own(
    claimed: Sitter, elsewhere: Sitter, browser: Browser
) -> None:
    ref = claimed.refs()["NUMERIC"]
    browser.sitter = elsewhere
    browser.prove()
    kept = claimed.entry(ref, ANSWERS["NUMERIC"])
    assert claimed.send(kept).json["code"] == SUPERSEDED
    browser.sitter = claimed
    browser.prove()
    assert claimed.send(kept).json["acknowledged_seq"] == 2


def test_with_a_waiver_any_log_in_answers(
    claimed: Sitter, elsewhere: Sitter, database: Database, proctor: Identity
) -> None:
    ref = claimed.refs()["NUMERIC"]
    with database.transaction() as db:
        waiving.waive(db, claimed.enrolment.sitting.id, reason="浏览器损坏", by=proctor, now=claimed.clock())
    assert elsewhere.send(elsewhere.entry(ref, ANSWERS["NUMERIC"])).status_code == 200
    assert elsewhere.hand_in().json["state"] == "HANDED_IN"


def test_after_a_hand_over_the_new_machine_answers_once_it_has_proven_itself(
    claimed: Sitter, browser: Browser, app: Flask, database: Database, proctor: Identity
) -> None:
    ref = claimed.refs()["NUMERIC"]
    new, now = Sitter(app, claimed.enrolment, claimed.clock), claimed.clock()
    with database.transaction() as db:
        sitting_id = claimed.enrolment.sitting.id
        _, code = handing.make(db, sitting_id, reason="死机", seen_at=None, most_seconds=60, by=proctor, now=now)
    new.csrf_token = new.post("/api/candidate/hand-over", {"code": code}).json["csrf_token"]
    new.epoch = new.view()["epoch"]
    assert new.send(new.entry(ref, ANSWERS["NUMERIC"])).json["code"] == SUPERSEDED
    browser.sitter = new
    browser.prove()
    new.claim()
    new.answer("NUMERIC")
    assert new.hand_in().json["state"] == "HANDED_IN"


def test_taken_back_from_paper_to_a_machine_it_is_answered_after_a_new_proof(
    claimed: Sitter, browser: Browser, app: Flask, world: World
) -> None:
    clerk, ref = Clerk(app, world), claimed.refs()["NUMERIC"]
    assert clerk.print(claimed).status_code == 200
    assert clerk.withdraw(claimed).status_code == 200
    claimed.epoch, claimed.seq = claimed.view()["epoch"], 0
    assert claimed.send(claimed.entry(ref, ANSWERS["NUMERIC"])).json["code"] == SUPERSEDED
    browser.prove()
    claimed.claim()
    claimed.answer("NUMERIC")


def test_what_arrived_in_time_and_is_served_after_the_end_is_taken_of_the_log_in_that_claimed(
    claimed: Sitter, elsewhere: Sitter, database: Database, stored: Stored, moving_clock: MovableClock
) -> None:
    ref, closes_at = claimed.refs()["NUMERIC"], stored(claimed).closes_at
    assert closes_at
    moving_clock.at = closes_at
    own, foreign = _next(claimed, ref), _next(elsewhere, ref)
    moving_clock.forward(minutes=5)
    with database.transaction() as db:
        finishing.settle(db, claimed.enrolment.sitting.id, now=moving_clock())
    with pytest.raises(EpochSuperseded):
        saving.save(database, foreign)
    assert saving.save(database, own).last_seq == 2
    late = claimed.send(claimed.entry(ref, ANSWERS["NUMERIC"]))
    assert late.json["code"] == "sitting_closed"


def test_where_no_safe_exam_browser_is_needed_nothing_is_asked(sitter: Sitter, app: Flask) -> None:
    sitter.begin()
    other = Sitter(app, sitter.enrolment, sitter.clock).enter()
    other.epoch = other.view()["epoch"]
    answered = other.send(other.entry(sitter.refs()["NUMERIC"], ANSWERS["NUMERIC"]))
    assert answered.status_code == 200


def test_saving_reads_all_that_it_asks_with_the_sitting() -> None:
    read = {column.key for column in (*COLUMNS, *EXAM_SESSION) if "safe_browser" in column.key}
    assert read == {
        *("safe_browser_login_id", "safe_browser_epoch"),
        *("safe_browser_waived_at", "safe_browser_needed"),
    }
