"""Rescue files: encrypted to the session, for one candidate only, taken over once, by policy and with a reason."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from callers import Caller
from rescues import Desk, line, rescue_file
from sitters import Sitter
from sqlalchemy import delete

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.core.identity import system
from examsvc.delivery import responding, verifying
from examsvc.delivery.models import CHAIN_START, Response, Sitting
from scoring import outcomes
from scoring.models import Result
from scoring.states import ResultState

Stored = Callable[[Sitter], Sitting]
Fates = list[tuple[int, str, str, bool]]


@pytest.fixture
def desk(nobody: Caller, sitter: Sitter) -> Desk:
    return Desk(nobody, sitter)


def _fates(weighing: dict[str, Any]) -> Fates:
    return [(each["seq"], each["place"], each["moment"], each["takeable"]) for each in weighing["lines"]]


def _answers(database: Database, sitter: Sitter) -> dict[str, Any]:
    with database.reading() as db:
        return {row.item_ref: row.answer for row in responding.latest(db, sitter.enrolment.sitting.id)}


def _cut_off(sitter: Sitter) -> tuple[dict[str, str], dict[str, Any], dict[str, Any]]:
    """One answer arrives, then the network is dead for another one and a change of the first."""
    refs = sitter.begin().refs()
    first = line(sitter, refs["SINGLE_CHOICE"], {"choice": "a"})
    sitter.send({name: value for name, value in first.items() if name != "epoch"})
    second = line(sitter, refs["TRUE_FALSE"], {"value": True})
    return refs, first, second


def test_a_file_taken_in_during_the_exam_is_in_time_without_any_policy(
    sitter: Sitter, desk: Desk, database: Database, reset: Callable[..., None], stored: Stored
) -> None:
    reset(accept_offline=False)
    refs, first, second = _cut_off(sitter)
    file = rescue_file(sitter, first, second)
    assert _fates(desk.preview(file).json) == [(1, "STORED", "ARRIVED", False), (2, "NEW", "ARRIVED", True)]
    assert len(_answers(database, sitter)) == 1
    assert desk.take(file).status_code == 200
    assert _answers(database, sitter)[refs["TRUE_FALSE"]] == {"value": True}
    assert stored(sitter).epoch == 2
    assert stored(sitter).answered_count == 2


def test_the_same_file_again_changes_nothing(sitter: Sitter, desk: Desk, stored: Stored) -> None:
    _, first, second = _cut_off(sitter)
    file = rescue_file(sitter, first, second)
    desk.take(file)
    before = stored(sitter).chain_head
    again = desk.take(file)
    assert again.status_code == 200
    assert {place for _, place, _, _ in _fates(again.json)} == {"STORED"}
    assert (stored(sitter).chain_head, stored(sitter).epoch) == (before, 2)


def test_a_file_after_the_end_counts_by_the_policy_and_what_was_made_later_never(
    sitter: Sitter, desk: Desk, database: Database, moving_clock: MovableClock, stored: Stored
) -> None:
    refs, first, second = _cut_off(sitter)
    moving_clock.forward(minutes=61)
    late = line(sitter, refs["NUMERIC"], {"text": "9"})
    file = rescue_file(sitter, first, second, late)
    seen = desk.preview(file).json
    assert seen["accept_offline"] is True
    assert _fates(seen)[1:] == [(2, "NEW", "BY_CLOCK", True), (3, "NEW", "LATE", False)]
    desk.take(file)
    assert set(_answers(database, sitter)) == {refs["SINGLE_CHOICE"], refs["TRUE_FALSE"]}
    with database.reading() as db:
        assert verifying.verify_chain(db, sitter.enrolment.sitting.id) is None
        entry = audit.history(db, stored(sitter).audit_stream)[-1]
    assert (entry.action, entry.actor_name) == ("sitting.answers_taken_over", "office先生")
    assert entry.detail["reason"] == "断网"
    assert (entry.detail["lines"], entry.detail["by_clock"]) == (1, 1)
    assert _fates(desk.look())[2] == (3, "NEW", "LATE", False)


def test_without_the_policy_nothing_that_came_after_the_end_counts(
    sitter: Sitter, desk: Desk, reset: Callable[..., None], moving_clock: MovableClock
) -> None:
    reset(accept_offline=False)
    _, first, second = _cut_off(sitter)
    moving_clock.forward(minutes=61)
    file = rescue_file(sitter, first, second)
    assert _fates(desk.preview(file).json)[1] == (2, "NEW", "UNPROVEN", False)
    assert desk.take(file).json["code"] == "nothing_to_take"


def test_times_that_go_back_are_not_believed(sitter: Sitter, desk: Desk, moving_clock: MovableClock) -> None:
    refs, first, second = _cut_off(sitter)
    moving_clock.forward(minutes=5)
    third = line(sitter, refs["NUMERIC"], {"text": "1"})
    back = line(sitter, refs["FILL_IN"], {"blanks": ["词"]}, client_at=second["client_at"])
    moving_clock.forward(minutes=61)
    fates = _fates(desk.preview(rescue_file(sitter, first, second, third, back)).json)
    assert fates[2:] == [(3, "NEW", "BY_CLOCK", True), (4, "NEW", "UNPROVEN", False)]


def test_later_work_stands_unless_it_is_decided_otherwise(sitter: Sitter, desk: Desk, database: Database) -> None:
    refs, first, second = _cut_off(sitter)
    third = line(sitter, refs["NUMERIC"], {"text": "3"})
    sitter.claim()
    sitter.send(sitter.entry(refs["TRUE_FALSE"], {"value": False}))
    sitter.epoch = 1
    file = rescue_file(sitter, first, second, third)
    assert _fates(desk.preview(file).json)[1:] == [(2, "SUPERSEDED", "ARRIVED", False), (3, "NEW", "ARRIVED", True)]
    assert desk.preview(file).json["takeable_with_superseded"] == 2
    desk.take(file)
    assert _answers(database, sitter)[refs["TRUE_FALSE"]] == {"value": False}
    assert desk.decide(with_superseded=True).status_code == 200
    assert _answers(database, sitter)[refs["TRUE_FALSE"]] == {"value": True}


def test_what_is_no_answer_to_a_question_of_the_paper_is_never_taken(sitter: Sitter, desk: Desk) -> None:
    refs = sitter.begin().refs()
    wrong = line(sitter, refs["SINGLE_CHOICE"], {"choice": "z"})
    unknown = line(sitter, "q99", None)
    file = rescue_file(sitter, wrong, unknown)
    assert {place for _, place, _, _ in _fates(desk.preview(file).json)} == {"REFUSED"}
    assert desk.take(file).json["code"] == "nothing_to_take"


def test_another_content_under_a_stored_number_is_never_taken(sitter: Sitter, desk: Desk) -> None:
    _, first, _ = _cut_off(sitter)
    file = rescue_file(sitter, {**first, "answer": {"choice": "d"}})
    assert _fates(desk.preview(file).json) == [(1, "OTHER_CONTENT", "ARRIVED", False)]


def test_a_file_is_taken_in_for_its_candidate_only(
    sitter: Sitter, neighbour: Sitter, desk: Desk, stored: Stored
) -> None:
    neighbour.begin()
    _, _, second = _cut_off(sitter)
    foreign = rescue_file(neighbour, second)
    assert desk.preview(foreign).json["code"] == "rescue_of_another"
    renamed = json.dumps({**json.loads(foreign), "sitting_id": str(sitter.enrolment.sitting.id)}).encode()
    assert desk.take(renamed).json["code"] == "rescue_broken"
    assert stored(sitter).epoch == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"made_at": "2026-11-23T01:30:00+00:00"}, "rescue_broken"),
        ({"receipt": "R1.x"}, "rescue_broken"),
        ({"ciphertext": "AAAA"}, "rescue_broken"),
        ({"ephemeral": "BAAA"}, "rescue_broken"),
        ({"ephemeral": "不是"}, "not_rescue_file"),
        ({"version": 2}, "not_rescue_file"),
        ({"epoch": "1"}, "not_rescue_file"),
        ({"format": "zip"}, "not_rescue_file"),
    ],
)
def test_an_altered_file_is_refused(sitter: Sitter, desk: Desk, change: dict[str, Any], code: str) -> None:
    _, first, second = _cut_off(sitter)
    whole = json.loads(rescue_file(sitter, first, second))
    assert desk.take(json.dumps({**whole, **change}).encode()).json["code"] == code


@pytest.mark.parametrize("data", [b"", b"\x00\xff", b"[]", b"null", b"[" * 100_000, b'{"format": "examsvc-rescue"}'])
def test_what_is_no_rescue_file_is_refused(sitter: Sitter, desk: Desk, data: bytes) -> None:
    sitter.begin()
    assert desk.preview(data).json["code"] == "not_rescue_file"


@pytest.mark.parametrize("answer", [{"text": "a\x00"}, {"text": "\ud800"}, {"text": float("nan")}, 2**70, [[[]]] * 3])
def test_what_no_database_keeps_is_refused_with_the_file(sitter: Sitter, desk: Desk, answer: Any) -> None:
    refs = sitter.begin().refs()
    taken = desk.take(rescue_file(sitter, line(sitter, refs["SINGLE_CHOICE"], answer)))
    assert taken.json["code"] in {"rescue_broken", "nothing_to_take"}


def test_nothing_can_be_taken_over_for_who_never_began(sitter: Sitter, desk: Desk) -> None:
    sitter.enter()
    assert desk.preview(rescue_file(sitter)).json["code"] == "not_opened"


def test_only_the_office_takes_over(sitter: Sitter, nobody: Caller) -> None:
    _, first, second = _cut_off(sitter)
    file, desk = rescue_file(sitter, first, second), Desk(nobody, sitter)
    nobody.log_in("supervisor")
    assert desk.take(file).json["code"] == "not_allowed"
    assert desk.decide().json["code"] == "not_allowed"
    assert desk.caller.get(f"{desk.path}/late-answers").status_code == 200


def test_results_are_valued_afresh_and_a_published_one_stays(
    sitter: Sitter, desk: Desk, database: Database, moving_clock: MovableClock
) -> None:
    _, first, second = _cut_off(sitter)
    third = line(sitter, sitter.refs()["NUMERIC"], {"text": "1.5"})
    sitter.hand_in(last_seq=1)
    file = rescue_file(sitter, first, second)
    theory = _theory(database, sitter)
    desk.take(file)
    assert _theory(database, sitter) > theory
    with database.transaction() as db:
        result = db.query(Result).filter_by(enrolment_id=sitter.enrolment.id).one()
        result.state, result.total, result.passed, result.digest = ResultState.PUBLISHED, 60, True, "0" * 64
        result.published_at = moving_clock()
    assert desk.take(rescue_file(sitter, third)).json["code"] == "result_published"


def _theory(database: Database, sitter: Sitter) -> Any:
    with database.reading() as db:
        outcome = outcomes.recompute(db, sitter.enrolment.id)
        return sum(known.component.points for known in outcome.known if known.kind == "THEORY")


def test_the_audit_names_the_office_and_not_the_system(sitter: Sitter, desk: Desk, database: Database) -> None:
    _, first, second = _cut_off(sitter)
    desk.take(rescue_file(sitter, first, second))
    with database.reading() as db:
        last = audit.history(db, f"sitting:{sitter.enrolment.sitting.id}")[-1]
    assert last.actor_name != system("clock").name


def test_two_hours_of_long_answers_that_never_arrived_fit_into_one_file(
    sitter: Sitter, desk: Desk, database: Database, moving_clock: MovableClock
) -> None:
    refs = sitter.begin().refs()
    words = "论" * 3_999
    long = [line(sitter, refs["FILL_IN"], {"blanks": [f"{words}{number % 10}"]}) for number in range(900)]
    short = [line(sitter, refs["NUMERIC"], {"text": str(number)}) for number in range(6_000)]
    moving_clock.forward(minutes=61)
    file = rescue_file(sitter, *long, *short)
    assert len(file) > 12 * 1024 * 1024
    assert desk.preview(file).json["takeable"] == len(long) + len(short)
    assert desk.take(rescue_file(sitter, *long)).status_code == 200
    assert _answers(database, sitter)[refs["FILL_IN"]] == long[-1]["answer"]


def test_the_office_is_told_what_the_files_receipt_confirms_and_whether_it_is_stored(
    sitter: Sitter, desk: Desk, moving_clock: MovableClock
) -> None:
    refs = sitter.begin().refs()
    at = moving_clock().isoformat()
    token = sitter.answer()["receipt"]
    second = line(sitter, refs["TRUE_FALSE"], {"value": True})
    file = rescue_file(sitter, second, receipt=token)
    assert desk.preview(file).json["receipt"] == {"epoch": 1, "seq": 1, "at": at, "standing": "WHOLE"}
    assert desk.take(file).json["receipt"] is None
    assert desk.preview(file).json["receipt"]["standing"] == "FURTHER"
    assert desk.preview(rescue_file(sitter, second)).json["receipt"] is None


def test_a_receipt_of_what_was_lost_is_shown_and_keeps_nothing_from_being_taken_over(
    sitter: Sitter, desk: Desk, database: Database, stored: Stored
) -> None:
    refs = sitter.begin().refs()
    token = sitter.answer()["receipt"]
    with database.transaction() as db:
        db.execute(delete(Response))
        own = get(db, Sitting, sitter.enrolment.sitting.id)
        own.chain_head, own.last_seq, own.answered_count, own.answered_refs = CHAIN_START, 0, 0, ""
    file = rescue_file(sitter, line(sitter, refs["TRUE_FALSE"], {"value": True}), receipt=token)
    assert desk.preview(file).json["receipt"]["standing"] == "DISAGREES"
    assert desk.take(file).status_code == 200
    with database.reading() as db:
        entry = audit.history(db, stored(sitter).audit_stream)[-1]
    assert (entry.action, entry.detail["receipt"]) == ("sitting.answers_taken_over", "DISAGREES")


def test_a_receipt_that_is_not_ours_or_not_of_this_sitting_is_refused(
    sitter: Sitter, neighbour: Sitter, desk: Desk, stored: Stored
) -> None:
    other = neighbour.begin().answer()["receipt"]
    refs = sitter.begin().refs()
    own = sitter.answer()["receipt"]
    second = line(sitter, refs["TRUE_FALSE"], {"value": True})
    prefix, key_id, payload, signature = own.split(".")
    receipts = {
        "receipt_of_another": other,
        "receipt_broken": ".".join([prefix, key_id, other.split(".")[2], signature]),
        "receipt_key_unknown": ".".join([prefix, "0" * 16, payload, signature]),
        "receipt_unreadable": "R1.x",
    }
    for code, token in receipts.items():
        file = rescue_file(sitter, second, receipt=token)
        assert [desk.preview(file).json["code"], desk.take(file).json["code"]] == [code, code]
    assert stored(sitter).answered_count == 1
