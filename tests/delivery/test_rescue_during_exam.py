"""A rescue file taken in while the candidate goes on elsewhere: that page goes on too, and the later answer stands."""

from typing import Any

import pytest
from callers import Caller
from flask import Flask
from rescues import Desk, line, rescue_file
from sitters import Sitter
from world import World

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery import responding, verifying
from scoring import theory

OLD, NEW = {"choice": "a"}, {"choice": "b"}


@pytest.fixture
def desk(nobody: Caller, sitter: Sitter) -> Desk:
    return Desk(nobody, sitter)


@pytest.fixture
def other(app: Flask, world: World, moving_clock: MovableClock) -> Sitter:
    """The machine at which the candidate goes on."""
    return Sitter(app, world.enrolments[0], moving_clock)


def _file_of_old_machine(sitter: Sitter, other: Sitter) -> tuple[str, bytes]:
    """An answer that the old machine could not send, in its rescue file; the candidate goes on at the other one."""
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    file = rescue_file(sitter, line(sitter, ref, OLD))
    other.enter().claim()
    return ref, file


def _gone_on(page: Sitter) -> dict[str, Any]:
    """Go on as the page does by itself; return what the claim told."""
    answer = page.go_on()
    assert answer.status_code == 200, answer.json
    page.epoch, page.seq = answer.json["epoch"], 0
    return dict(answer.json)


def _standing(database: Database, sitter: Sitter, ref: str) -> tuple[Any, Any]:
    """What the page is told to stand, and what is scored."""
    with database.reading() as db:
        sitting_id = sitter.enrolment.sitting.id
        assert verifying.verify_chain(db, sitting_id) is None
        log = [(row.epoch, row.seq, row.item_ref, row.answer) for row in responding.log(db, sitting_id)]
        shown = {row.item_ref: row.answer for row in responding.latest(db, sitting_id)}
    return shown[ref], theory.last_answers(log)[ref]


def test_the_live_page_goes_on_by_itself_and_its_later_answer_stands(
    sitter: Sitter, other: Sitter, desk: Desk, database: Database
) -> None:
    ref, file = _file_of_old_machine(sitter, other)
    waiting = other.entry(ref, NEW)
    assert desk.take(file).status_code == 200
    assert other.send(waiting).json["code"] == "epoch_superseded"
    claimed = _gone_on(other)
    [told] = claimed["answers"]
    assert [told[name] for name in ("answer", "epoch", "written_epoch", "written_seq")] == [OLD, 3, 1, 1]
    assert other.send(other.entry(ref, NEW)).json["acknowledged_seq"] == 1
    assert _standing(database, sitter, ref) == (NEW, NEW)
    assert other.hand_in().status_code == 200


def test_what_was_written_where_it_is_stored_says_so(sitter: Sitter) -> None:
    sitter.begin().answer()
    [told] = sitter.claim()["answers"]
    assert [told[name] for name in ("epoch", "seq", "written_epoch", "written_seq")] == [1, 1, 1, 1]


def test_what_another_machine_wrote_later_and_brings_later_is_new(
    sitter: Sitter, other: Sitter, desk: Desk, database: Database, moving_clock: MovableClock
) -> None:
    ref, file = _file_of_old_machine(sitter, other)
    later = line(other, ref, NEW)
    desk.take(file)
    moving_clock.forward(minutes=61)
    assert other.post(f"{other.path}/late-responses", {"lines": [later]}).json == {"kept": 2}
    assert [(each["epoch"], each["place"]) for each in desk.look()["lines"]] == [(1, "STORED"), (2, "NEW")]
    assert desk.decide().status_code == 200
    assert _standing(database, sitter, ref) == (NEW, NEW)


def test_what_another_machine_wrote_earlier_and_brings_later_is_superseded(
    sitter: Sitter, other: Sitter, desk: Desk
) -> None:
    ref, file = _file_of_old_machine(sitter, other)
    desk.take(rescue_file(other, line(other, ref, NEW)))
    [seen] = [each for each in desk.preview(file).json["lines"] if each["epoch"] == 1]
    assert (seen["place"], seen["takeable"]) == ("SUPERSEDED", False)


def test_what_one_machine_wrote_after_its_file_was_saved_is_new(sitter: Sitter, desk: Desk) -> None:
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    first = line(sitter, ref, OLD)
    desk.take(rescue_file(sitter, first))
    second = line(sitter, ref, NEW)
    lines = desk.preview(rescue_file(sitter, first, second)).json["lines"]
    assert [each["place"] for each in lines] == ["STORED", "NEW"]


def test_no_page_goes_on_by_itself_where_another_has_claimed(sitter: Sitter, other: Sitter, desk: Desk) -> None:
    _, file = _file_of_old_machine(sitter, other)
    assert sitter.go_on().json["code"] == "claim_outdated"  # nothing but the other page's claim
    desk.take(file)
    refused = sitter.go_on()
    assert (refused.status_code, refused.json["code"], refused.json["epoch"]) == (409, "claim_outdated", 3)
    assert _gone_on(other)["epoch"] == 4
    assert other.answer("TRUE_FALSE")["acknowledged_seq"] == 1


def test_a_page_that_nothing_has_fenced_gains_nothing(sitter: Sitter) -> None:
    sitter.enter().check_in()
    assert sitter.go_on().json["code"] == "claim_outdated"
    sitter.claim()
    assert sitter.go_on().json["code"] == "claim_outdated"
    assert sitter.answer()["epoch"] == 1


def test_going_on_whose_answer_was_lost_is_asked_for_again(
    sitter: Sitter, other: Sitter, desk: Desk, database: Database
) -> None:
    _, file = _file_of_old_machine(sitter, other)
    desk.take(file)
    asked = {"after_epoch": other.epoch, "unattended": True}
    first, again = other.go_on().json, other.go_on().json
    assert (again["epoch"], again["answers"]) == (first["epoch"], first["answers"])
    assert sitter.post(f"{sitter.path}/claim", asked).json["code"] == "claim_outdated"  # another log-in knows it too
    other.epoch, other.seq = again["epoch"], 0
    other.answer("TRUE_FALSE")
    late = other.post(f"{other.path}/claim", asked)  # the network held it back
    assert late.json["code"] == "claim_outdated"
    with database.reading() as db:
        claims = [each for each in audit.history(db, other.enrolment.sitting.audit_stream) if "claimed" in each.action]
    assert [each.detail.get("gone_on_after") for each in claims] == [None, None, 2]


def test_several_files_in_a_row_fence_the_page_once(sitter: Sitter, other: Sitter, desk: Desk) -> None:
    refs = sitter.begin().refs()
    files = [rescue_file(sitter, line(sitter, refs[kind], answer)) for kind, answer in _TWO]
    other.enter().claim()
    for file in files:
        desk.take(file)
    assert _gone_on(other)["epoch"] == 5
    assert other.answer("NUMERIC")["answered_count"] == 3


_TWO: tuple[tuple[str, dict[str, Any]], ...] = (("SINGLE_CHOICE", OLD), ("TRUE_FALSE", {"value": True}))


def test_the_page_is_told_while_the_sitting_goes_on_and_never_after(
    sitter: Sitter, desk: Desk, moving_clock: MovableClock
) -> None:
    refs = sitter.begin().refs()
    desk.take(rescue_file(sitter, line(sitter, refs["TRUE_FALSE"], {"value": True})))
    [command] = sitter.get(f"{sitter.path}/commands").json["items"]
    assert (command["kind"], command["text"], command["phase"]) == ("TAKE_ANSWERS", "", "OPEN")
    last = line(sitter, refs["NUMERIC"], {"text": "1.5"})
    moving_clock.forward(minutes=61)
    assert desk.take(rescue_file(sitter, last)).status_code == 200
    assert len(sitter.get(f"{sitter.path}/commands").json["items"]) == 1
