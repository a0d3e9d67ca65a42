"""Answers that a page could not deliver before the end: evidence apart, and the hand-in without a network."""

from collections.abc import Callable
from typing import Any

import pytest
from callers import Caller
from rescues import Desk, line
from sitters import Sitter
from werkzeug.test import TestResponse

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery import responding
from examsvc.delivery.models import Sitting
from examsvc.delivery.rescue import keeping

Stored = Callable[[Sitter], Sitting]


@pytest.fixture
def desk(nobody: Caller, sitter: Sitter) -> Desk:
    return Desk(nobody, sitter)


def _late(sitter: Sitter, *lines: dict[str, Any], hand_in_at: str | None = None) -> TestResponse:
    return sitter.post(f"{sitter.path}/late-responses", {"lines": list(lines), "hand_in_at": hand_in_at})


def test_late_answers_are_kept_apart_and_change_nothing(
    sitter: Sitter, moving_clock: MovableClock, stored: Stored, database: Database
) -> None:
    refs = sitter.begin().refs()
    sitter.answer()
    made = line(sitter, refs["TRUE_FALSE"], {"value": True})
    moving_clock.forward(minutes=61)
    head = stored(sitter).chain_head
    assert sitter.send({name: made[name] for name in made if name != "epoch"}).json["code"] == "sitting_closed"
    assert _late(sitter, made).json == {"kept": 1}
    assert _late(sitter, made).json == {"kept": 1}
    assert (stored(sitter).chain_head, stored(sitter).answered_count) == (head, 1)
    with database.reading() as db:
        assert len(responding.log(db, sitter.enrolment.sitting.id)) == 1


def test_what_is_stored_is_not_late_though_its_page_never_learned_of_it(
    sitter: Sitter, moving_clock: MovableClock, desk: Desk
) -> None:
    refs = sitter.begin().refs()
    made = line(sitter, refs["TRUE_FALSE"], {"value": True})
    assert sitter.send({name: made[name] for name in made if name != "epoch"}).status_code == 200
    moving_clock.forward(minutes=61)
    other = {**made, "seq": made["seq"] + 1, "answer": {"value": False}}
    assert _late(sitter, made).json == {"kept": 0}
    assert desk.look()["lines"] == []
    assert _late(sitter, made, other).json == {"kept": 1}
    assert _late(sitter, {**made, "answer": {"value": False}}).json == {"kept": 2}  # another content is evidence


def test_what_a_page_wrote_before_its_claim_comes_late_too(
    sitter: Sitter, moving_clock: MovableClock, desk: Desk, stored: Stored
) -> None:
    refs = sitter.begin().refs()
    made = {**line(sitter, refs["TRUE_FALSE"], {"value": True}), "epoch": 0}
    moving_clock.forward(minutes=61)
    assert _late(sitter, made).json == {"kept": 1}
    [seen] = desk.look()["lines"]
    assert (seen["epoch"], seen["place"], seen["moment"]) == (0, "NEW", "BY_CLOCK")
    assert desk.decide().status_code == 200
    assert stored(sitter).answered_count == 1


def test_the_office_takes_late_answers_over_by_the_policy(
    sitter: Sitter, moving_clock: MovableClock, desk: Desk, stored: Stored
) -> None:
    refs = sitter.begin().refs()
    made = line(sitter, refs["TRUE_FALSE"], {"value": True})
    moving_clock.forward(minutes=61)
    after = line(sitter, refs["NUMERIC"], {"text": "1.5"})
    _late(sitter, made, after)
    seen = desk.look()
    assert [(each["seq"], each["moment"]) for each in seen["lines"]] == [(1, "BY_CLOCK"), (2, "LATE")]
    assert seen["takeable"] == 1
    assert desk.decide().status_code == 200
    assert stored(sitter).answered_count == 1
    assert desk.decide().json["code"] == "nothing_to_take"


def test_while_the_sitting_runs_there_is_nothing_late(sitter: Sitter) -> None:
    refs = sitter.begin().refs()
    assert _late(sitter, line(sitter, refs["TRUE_FALSE"], {"value": True})).json["code"] == "sitting_runs"


def test_a_hand_in_of_which_nothing_else_is_known_goes_on_record_and_changes_nothing(
    sitter: Sitter, moving_clock: MovableClock, desk: Desk, database: Database, stored: Stored
) -> None:
    sitter.begin().answer()
    handed_in_at = moving_clock().isoformat()
    moving_clock.forward(minutes=61)
    _late(sitter, hand_in_at=handed_in_at)
    _late(sitter, hand_in_at=handed_in_at)
    own = stored(sitter)
    assert own.finish_reason == "TIME_UP"
    assert own.finished_at == own.closes_at
    with database.reading() as db:
        actions = [entry.action for entry in audit.history(db, own.audit_stream)]
    assert actions.count(keeping.CLAIMED) == 1
    assert desk.look()["hand_ins"] == [handed_in_at]


def test_more_than_a_journal_can_hold_is_refused(
    sitter: Sitter, moving_clock: MovableClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "MOST_LINES", 3)
    refs = sitter.begin().refs()
    moving_clock.forward(minutes=61)
    lines = [line(sitter, refs["TRUE_FALSE"], {"value": True}) for _ in range(4)]
    assert _late(sitter, *lines).json["code"] == "too_many_late"
    assert _late(sitter, *lines[:3]).json == {"kept": 3}


def test_another_candidates_late_answers_are_not_taken(
    sitter: Sitter, neighbour: Sitter, moving_clock: MovableClock
) -> None:
    sitter.begin()
    neighbour.begin()
    moving_clock.forward(minutes=61)
    assert neighbour.post(f"{sitter.path}/late-responses", {"lines": []}).json["code"] == "not_found"
