"""A claim that the network delivers late, or whose answer it loses, takes the sitting from nobody who answers since."""

from typing import Any

import pytest
from flask import Flask
from sitters import Sitter

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database

WAITING = {"X-Can-Wait": "1"}


def _actions(database: Database, sitter: Sitter) -> list[str]:
    with database.reading() as db:
        return [entry.action for entry in audit.history(db, sitter.enrolment.sitting.audit_stream)]


@pytest.mark.parametrize("headers", [{}, WAITING])
def test_a_claim_that_comes_late_fences_nobody(sitter: Sitter, database: Database, headers: dict[str, str]) -> None:
    sitter.begin().answer()
    before = _actions(database, sitter)
    late = sitter.post(f"{sitter.path}/claim", {"after_epoch": 0}, headers=headers)
    assert (late.status_code, late.json["code"], late.json["epoch"]) == (409, "claim_outdated", 1)
    assert late.json["is_own"] is True
    assert _actions(database, sitter) == before
    assert sitter.answer("TRUE_FALSE")["acknowledged_seq"] == 2


def test_a_page_that_never_heard_of_its_claim_claims_after_it(sitter: Sitter) -> None:
    sitter.enter().check_in().ask_claim()  # nobody heard what was answered
    unheard = sitter.ask_claim()
    assert unheard.json["code"] == "claim_outdated"
    sitter.epoch = unheard.json["epoch"]
    again = sitter.ask_claim().json
    sitter.epoch = again["epoch"]
    assert (again["epoch"], again["answers"]) == (2, [])
    assert sitter.answer()["acknowledged_seq"] == 1


def test_who_is_outdated_is_told_whether_by_another_log_in(
    app: Flask, sitter: Sitter, moving_clock: MovableClock
) -> None:
    elsewhere = Sitter(app, sitter.enrolment, moving_clock).enter()
    sitter.begin()
    outdated = elsewhere.ask_claim().json
    assert (outdated["code"], outdated["epoch"], outdated["is_own"]) == ("claim_outdated", 1, False)
    assert sitter.answer()["acknowledged_seq"] == 1


def test_no_claim_is_made_ahead_of_the_others(sitter: Sitter) -> None:
    sitter.enter().check_in()
    ahead = sitter.post(f"{sitter.path}/claim", {"after_epoch": 1})
    assert (ahead.status_code, ahead.json["epoch"]) == (409, 0)
    assert sitter.view()["state"] == "EXPECTED"


@pytest.mark.parametrize("body", [{}, {"after_epoch": -1}, {"after_epoch": "0"}, {"after_epoch": None}, {"epoch": 0}])
def test_a_claim_says_after_which_epoch(sitter: Sitter, body: dict[str, Any]) -> None:
    sitter.enter().check_in()
    assert sitter.post(f"{sitter.path}/claim", body).status_code == 422
    assert sitter.view()["state"] == "EXPECTED"
