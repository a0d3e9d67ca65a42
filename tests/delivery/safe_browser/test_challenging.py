"""Entering where Safe Exam Browser is needed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from callers import Caller
from flask import Flask
from safe_browsers import FOREIGN, Browser
from sitters import Sitter
from sqlalchemy import select
from world import World

from examsvc.accounts import service as accounts
from examsvc.accounts.models import Login
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.core.identity import Identity
from examsvc.delivery.handover import handing
from examsvc.delivery.models import Sitting
from examsvc.delivery.safe_browser import challenging, waiving
from examsvc.delivery.safe_browser.models import SafeBrowserChallenge
from examsvc.delivery.safe_browser.states import KeyKind

Reset = Callable[..., None]
LISTED = "ab" * 32
NEEDED = "safe_browser_needed"


def _claim(sitter: Sitter) -> tuple[int, str]:
    answer = sitter.ask_claim()
    return answer.status_code, answer.json.get("code", "")


def test_without_the_browser_there_is_no_paper_and_no_key_and_with_it_there_is(browser: Browser) -> None:
    sitter = browser.sitter
    assert sitter.view()["safe_browser"] == "NEEDED"
    for refused in (sitter.ask_claim(), sitter.get(f"{sitter.path}/paper-key")):
        assert (refused.status_code, refused.json["code"]) == (403, NEEDED)
    assert browser.prove().status_code == 204
    assert sitter.view()["safe_browser"] == "PROVEN"
    sitter.claim()
    sitter.answer()
    assert sitter.hand_in().json["state"] == "HANDED_IN"


@pytest.mark.postgresql_only
def test_of_two_pages_of_a_login_that_ask_at_once_the_later_one_has_the_challenge(
    needed: Sitter, database: Database, world: World
) -> None:
    sitting_id, account_id = needed.enrolment.sitting.id, needed.enrolment.candidate.account_id
    with database.reading() as db:
        by = accounts.identity_of(db.scalars(select(Login).filter_by(account_id=account_id)).one())

    def ask() -> str:
        with database.transaction() as db:
            return challenging.challenge(db, sitting_id, by=by, now=world.now).nonce

    with ThreadPoolExecutor() as pool, database.transaction() as db:
        challenging.challenge(db, sitting_id, by=by, now=world.now)
        later = pool.submit(ask)
        wait([later], timeout=0.5)  # it comes as far as it can before the first is committed
        db.commit()
        nonce = later.result(30)
    with database.reading() as db:
        assert db.scalars(select(SafeBrowserChallenge.nonce)).all() == [nonce]


def test_before_the_start_nobody_else_gets_the_sealed_paper(
    browser: Browser, reset: Reset, world: World, common_clock: None, moving_clock: MovableClock
) -> None:
    reset(starts_at=world.now + timedelta(minutes=5), ends_at=world.now + timedelta(minutes=65))
    sealed = f"{browser.sitter.path}/sealed-paper"
    assert browser.sitter.get(sealed).json["code"] == NEEDED
    browser.prove()
    assert browser.sitter.get(sealed).status_code == 200


def test_a_proof_is_good_for_one_claim_and_what_it_opened_goes_on(browser: Browser) -> None:
    browser.prove()
    browser.sitter.claim()
    assert browser.sitter.view()["safe_browser"] == "NEEDED"
    browser.sitter.paper()
    browser.sitter.answer()
    assert _claim(browser.sitter) == (403, NEEDED)
    browser.prove()
    browser.sitter.claim()


def test_an_answer_that_was_seen_is_worth_nothing_again_nor_by_another_log_in(
    browser: Browser, app: Flask, world: World, moving_clock: MovableClock
) -> None:
    elsewhere = Sitter(app, world.enrolments[0], moving_clock).enter()
    challenge = browser.challenge()
    refused = browser.answer(challenge, by=elsewhere)
    assert (refused.status_code, refused.json["code"]) == (409, "safe_browser_challenge_over")
    assert browser.answer(challenge).status_code == 204
    for again in (None, elsewhere):
        assert browser.answer(challenge, by=again).json["code"] == "safe_browser_challenge_over"
    assert _claim(elsewhere) == (403, NEEDED)
    assert elsewhere.view()["safe_browser"] == "NEEDED"


def test_an_answer_for_one_nonce_does_not_fit_the_next(browser: Browser) -> None:
    old, new = browser.challenge(), browser.challenge()
    assert browser.answer(old).json["code"] == "safe_browser_challenge_over"
    mixed = {"nonce": new["nonce"], "page_path": old["page_path"]}
    if browser.script:
        assert browser.answer(mixed).json["code"] == "safe_browser_address_differs"
    assert browser.answer(new).status_code == 204


@pytest.mark.parametrize(("seconds", "status"), [(119, 204), (120, 409), (121, 409)])
def test_a_challenge_is_good_for_two_minutes(
    browser: Browser, moving_clock: MovableClock, seconds: int, status: int
) -> None:
    challenge = browser.challenge()
    moving_clock.forward(seconds=seconds)
    assert browser.answer(challenge).status_code == status


def test_a_claim_in_between_voids_a_challenge(browser: Browser, database: Database) -> None:
    challenge = browser.challenge()
    with database.transaction() as db:
        get(db, Sitting, browser.sitter.enrolment.sitting.id).epoch += 1
    assert browser.answer(challenge).json["code"] == "safe_browser_challenge_over"


def test_another_address_than_the_configured_one_is_told_with_both(browser: Browser) -> None:
    browser.public_url = "https://inside.example.cn:8443"
    challenge = browser.challenge()
    refused = browser.answer(challenge)
    assert (refused.status_code, refused.json["code"]) == (403, "safe_browser_address_differs")
    assert urlsplit(refused.json["seen"]).netloc == "inside.example.cn:8443"
    assert refused.json["expected"].endswith(challenge["page_path"])
    assert browser.keys[KeyKind.CONFIG_KEY] not in refused.text


def test_a_foreign_key_is_refused_and_a_browser_without_any_is_told_so(browser: Browser) -> None:
    browser.keys[KeyKind.CONFIG_KEY] = FOREIGN
    refused = browser.prove()
    assert (refused.status_code, refused.json["code"]) == (403, "safe_browser_key_unknown")
    challenge = browser.challenge()
    body = {"page_address": browser.public_url + challenge["page_path"]}
    silent = browser.sitter.post(f"/api/safe-browser/challenges/{challenge['nonce']}", body)
    assert silent.json["code"] == "safe_browser_silent"
    assert _claim(browser.sitter) == (403, NEEDED)


def test_several_keys_are_let_in_and_browser_exam_keys_count_alone_once_one_is_listed(
    browser: Browser, app: Flask, world: World, own_key: str
) -> None:
    office, path = Caller(app).log_in("office"), f"/api/exam-sessions/{world.exam_session.id}/safe-browser"
    browser.keys[KeyKind.CONFIG_KEY] = LISTED
    for key in (LISTED.upper(), LISTED, "cd" * 32):
        listed = office.post(f"{path}/keys", {"kind": "CONFIG_KEY", "key": key, "label": "机房 A"})
        assert listed.status_code == 201
    assert {known["key"] for known in listed.json["keys"]} == {LISTED, "cd" * 32}
    assert browser.prove().status_code == 204

    listed = office.post(f"{path}/keys", {"kind": "BROWSER_EXAM_KEY", "key": "ee" * 32, "label": "3.8.0"})
    assert listed.json["asked_kind"] == "BROWSER_EXAM_KEY"
    refused = browser.prove()
    assert (refused.json["code"], refused.json["kind"]) == ("safe_browser_key_unknown", "BROWSER_EXAM_KEY")
    browser.keys[KeyKind.BROWSER_EXAM_KEY] = "ee" * 32
    assert browser.prove().status_code == 204

    exam_key = next(known["id"] for known in listed.json["keys"] if known["kind"] == "BROWSER_EXAM_KEY")
    assert office.delete(f"{path}/keys/{exam_key}").json["asked_kind"] == "CONFIG_KEY"
    assert office.delete(f"{path}/keys/{exam_key}").status_code == 404


def test_after_a_hand_over_the_new_machine_proves_itself_again(
    browser: Browser, app: Flask, database: Database, moving_clock: MovableClock, proctor: Identity
) -> None:
    browser.prove()
    browser.sitter.claim()
    new, now = Sitter(app, browser.sitter.enrolment, moving_clock), moving_clock()
    with database.transaction() as db:
        sitting_id = browser.sitter.enrolment.sitting.id
        _, code = handing.make(db, sitting_id, reason="死机", seen_at=None, most_seconds=60, by=proctor, now=now)
    taken = new.post("/api/candidate/hand-over", {"code": code})
    new.csrf_token = taken.json["csrf_token"]
    assert _claim(new) == (403, NEEDED)
    assert new.get(f"{new.path}/paper").json["code"] == NEEDED
    browser.sitter = new
    browser.prove()
    new.claim()


def test_a_waiver_holds_for_the_sitting_and_for_nobody_else(
    needed: Sitter, neighbour: Sitter, database: Database, proctor: Identity, moving_clock: MovableClock
) -> None:
    for _ in range(2):
        with database.transaction() as db:
            waiving.waive(db, needed.enrolment.sitting.id, reason="浏览器无法启动", by=proctor, now=moving_clock())
    assert needed.view()["safe_browser"] == "WAIVED"
    needed.claim()
    needed.claim()
    assert _claim(neighbour.enter().check_in()) == (403, NEEDED)
    with database.reading() as db:
        history = list(audit.history(db, needed.enrolment.sitting.audit_stream))
    assert [entry.detail for entry in history if entry.action == "safe_browser.waived"] == [
        {"reason": "浏览器无法启动"}
    ]


def test_what_was_checked_goes_on_record_without_any_key(browser: Browser, database: Database, own_key: str) -> None:
    browser.prove()
    with database.reading() as db:
        history = audit.history(db, browser.sitter.enrolment.sitting.audit_stream)
    proven = next(entry.detail for entry in history if entry.action == "safe_browser.proven")
    way = "SCRIPT" if browser.script else "HEADER"
    assert proven == {"way": way, "kind": "CONFIG_KEY", "key": "own", "browser": "SEB_Windows_3.8.0"}
