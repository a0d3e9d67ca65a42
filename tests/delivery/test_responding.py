from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sitters import ANSWERS, Sitter
from sqlalchemy import update
from sqlalchemy.event import listen, remove
from werkzeug.test import TestResponse

from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery import responding, verifying
from examsvc.delivery.models import Response, Sitting

Stored = Callable[[Sitter], Sitting]
MS = timedelta(milliseconds=1)


def _log(database: Database, sitter: Sitter) -> list[tuple[int, int, str, Any]]:
    with database.reading() as db:
        rows = responding.log(db, sitter.enrolment.sitting.id)
        return [(row.epoch, row.seq, row.item_ref, row.answer) for row in rows]


def _refused(answer: TestResponse) -> str:
    assert answer.status_code >= 400, answer.json
    code: str = answer.json["code"]
    return code


def test_a_receipt_says_what_is_stored(sitter: Sitter, database: Database, stored: Stored) -> None:
    refs = sitter.begin().refs()
    entries = [sitter.entry(refs[kind], answer) for kind, answer in ANSWERS.items()]
    receipt = sitter.send(*entries).json
    own = stored(sitter)
    assert receipt["acknowledged_seq"] == len(ANSWERS)
    assert receipt["answered_count"] == len(ANSWERS)
    assert receipt["chain_head"] == own.chain_head
    assert receipt["epoch"] == 1
    assert receipt["closes_at"] == "2026-11-23T02:00:00+00:00"
    assert [row[3] for row in _log(database, sitter)] == list(ANSWERS.values())


def test_the_same_batch_again_changes_nothing_and_gets_the_same_receipt(sitter: Sitter, database: Database) -> None:
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    batch = [sitter.entry(ref, {"choice": "a"}), sitter.entry(ref, {"choice": "b"})]
    first = sitter.send(*batch).json
    again = sitter.send(*batch).json
    assert again == first
    assert len(_log(database, sitter)) == 2


def test_of_an_overlapping_batch_only_the_new_is_stored(sitter: Sitter, database: Database) -> None:
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    one, two, three = (sitter.entry(ref, {"choice": choice}) for choice in "abc")
    sitter.send(one, two)
    assert sitter.send(three, two, two).json["acknowledged_seq"] == 3
    assert [row[1] for row in _log(database, sitter)] == [1, 2, 3]


def test_a_gap_is_refused_and_nothing_of_the_batch_is_stored(sitter: Sitter, database: Database) -> None:
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    one, two, _, four = (sitter.entry(ref, {"choice": choice}) for choice in "abcd")
    refused = sitter.send(one, two, four)
    assert _refused(refused) == "seq_gap"
    assert refused.json["expected"] == 1
    assert _log(database, sitter) == []


@pytest.mark.parametrize("changes", [{"answer": {"choice": "d"}}, {"flagged": True}, {"item_ref": "q99"}])
def test_a_stored_number_with_other_content_is_refused(sitter: Sitter, changes: dict[str, Any]) -> None:
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    one = sitter.entry(ref, {"choice": "a"})
    sitter.send(one)
    assert _refused(sitter.send({**one, **changes})) == "seq_conflict"
    assert _refused(sitter.send({**one, "seq": 2}, {**one, "seq": 2, **changes})) == "seq_conflict"


def test_a_newer_claim_fences_the_older_page(sitter: Sitter, database: Database) -> None:
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    sitter.send(sitter.entry(ref, {"choice": "a"}))
    claimed = sitter.claim()
    assert claimed["epoch"] == 2
    place = {"epoch": 1, "seq": 1, "written_epoch": 1, "written_seq": 1}
    assert claimed["answers"] == [{"item_ref": ref, "answer": {"choice": "a"}, "flagged": False, **place}]
    assert _refused(sitter.send(sitter.entry(ref, {"choice": "b"}), epoch=1)) == "epoch_superseded"
    assert _refused(sitter.send(sitter.entry(ref, {"choice": "b"}, seq=1), epoch=3)) == "epoch_superseded"
    sitter.seq = 0
    assert sitter.send(sitter.entry(ref, {"choice": "c"})).json["acknowledged_seq"] == 1
    assert [row[:2] for row in _log(database, sitter)] == [(1, 1), (2, 1)]


def test_a_claim_gives_back_the_latest_answer_of_each_question_cleared_ones_too(sitter: Sitter) -> None:
    refs = sitter.begin().refs()
    sitter.send(
        sitter.entry(refs["SINGLE_CHOICE"], {"choice": "a"}, flagged=True),
        sitter.entry(refs["TRUE_FALSE"], {"value": False}),
        sitter.entry(refs["SINGLE_CHOICE"], None),
    )
    answers = {answer["item_ref"]: answer["answer"] for answer in sitter.claim()["answers"]}
    assert answers == {refs["SINGLE_CHOICE"]: None, refs["TRUE_FALSE"]: {"value": False}}


def test_answered_questions_are_counted_through_changes_clearings_and_epochs(sitter: Sitter, stored: Stored) -> None:
    refs = sitter.begin().refs()
    single, blanks = refs["SINGLE_CHOICE"], refs["FILL_IN"]
    assert sitter.send(sitter.entry(single, {"choice": "a"})).json["answered_count"] == 1
    assert sitter.send(sitter.entry(single, {"choice": "b"})).json["answered_count"] == 1
    cleared = sitter.send(sitter.entry(single, None), sitter.entry(blanks, {"blanks": [" "]}))
    assert cleared.json["answered_count"] == 0
    sitter.claim()
    again = sitter.send(sitter.entry(single, {"choice": "a"}), sitter.entry(blanks, {"blanks": ["词"]}))
    assert again.json["answered_count"] == 2
    assert stored(sitter).answered_count == 2
    assert sitter.view()["answered_count"] == 2


def test_an_unknown_question_is_refused(sitter: Sitter) -> None:
    refused = sitter.begin().send(sitter.entry("q99", None))
    assert _refused(refused) == "unknown_question"
    assert refused.json["seq"] == 1


def test_a_wrong_form_is_refused_and_nothing_of_the_batch_is_stored(sitter: Sitter, database: Database) -> None:
    refs = sitter.begin().refs()
    good = sitter.entry(refs["TRUE_FALSE"], {"value": True})
    refused = sitter.send(good, sitter.entry(refs["SINGLE_CHOICE"], {"choice": "z"}))
    assert _refused(refused) == "bad_answer"
    assert refused.json["item_ref"] == refs["SINGLE_CHOICE"]
    assert _log(database, sitter) == []


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    "changes",
    [
        {"seq": 0},
        {"seq": 10**400},
        {"seq": "1"},
        {"item_ref": "q" * 9},
        {"client_at": "2026-11-23T09:00:00+99:00"},
        {"client_at": "0001-01-01T00:00:00+08:00"},
        {"client_at": "yesterday"},
        {"more": 1},
    ],
)
def test_a_malformed_entry_is_refused_by_field(sitter: Sitter, changes: dict[str, Any]) -> None:
    sitter.begin()
    assert _refused(sitter.send({**sitter.entry("q1", None), **changes})) == "invalid"


def test_an_answer_of_ten_megabytes_is_refused_by_its_size_and_the_rest_is_unharmed(
    sitter: Sitter, database: Database
) -> None:
    ref = sitter.begin().refs()["FILL_IN"]
    refused = sitter.send(sitter.entry(ref, {"blanks": ["长" * (10 * 1024 * 1024 // 3)]}))
    assert (refused.status_code, refused.json["code"]) == (413, "too_large")
    assert _log(database, sitter) == []
    sitter.seq = 0
    assert sitter.answer("FILL_IN")["acknowledged_seq"] == 1


def test_a_batch_has_one_to_two_hundred_entries(sitter: Sitter) -> None:
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    assert _refused(sitter.send()) == "invalid"
    entries = [sitter.entry(ref, {"choice": "a"}) for _ in range(201)]
    assert _refused(sitter.send(*entries)) == "invalid"
    assert sitter.send(*entries[:200]).json["acknowledged_seq"] == 200


def test_before_the_paper_is_opened_nothing_is_taken(sitter: Sitter) -> None:
    assert _refused(sitter.enter().send(sitter.entry("q1", None), epoch=1)) == "not_opened"


@pytest.mark.parametrize(("after", "code"), [(-MS, None), (0 * MS, None), (MS, "sitting_closed")])
def test_answers_are_taken_until_the_very_end_of_the_grace(
    sitter: Sitter, moving_clock: MovableClock, after: timedelta, code: str | None
) -> None:
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    moving_clock.at += timedelta(minutes=60, seconds=15) + after
    answer = sitter.send(sitter.entry(ref, {"choice": "a"}))
    assert answer.json.get("code") == code


def test_a_late_batch_ends_the_sitting_as_of_the_instant_it_fell_due(
    sitter: Sitter, moving_clock: MovableClock, stored: Stored
) -> None:
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    closes_at = stored(sitter).closes_at
    moving_clock.forward(hours=3)
    assert _refused(sitter.send(sitter.entry(ref, {"choice": "a"}))) == "sitting_closed"
    own = stored(sitter)
    assert (own.state, own.finish_reason, own.finished_at) == ("HANDED_IN", "TIME_UP", closes_at)


def test_a_repeat_after_the_end_is_refused_like_everything_then(sitter: Sitter, moving_clock: MovableClock) -> None:
    ref = sitter.begin().refs()["SINGLE_CHOICE"]
    one = sitter.entry(ref, {"choice": "a"})
    sitter.send(one)
    sitter.hand_in()
    assert _refused(sitter.send(one)) == "sitting_closed"


def test_answers_to_a_short_answer_may_be_long_and_of_any_script(sitter: Sitter, database: Database) -> None:
    ref = sitter.begin().refs()["NUMERIC"]
    text = "𬎆" * 4000
    assert sitter.send(sitter.entry(ref, {"text": text})).status_code == 200
    assert _log(database, sitter)[0][3] == {"text": text}


def test_the_chain_of_responses_can_be_recomputed(sitter: Sitter, database: Database) -> None:
    sitter.begin().answer()
    sitter.answer("FILL_IN")
    sitter.claim()
    sitter.answer("TRUE_FALSE")
    with database.reading() as db:
        assert verifying.verify_chain(db, sitter.enrolment.sitting.id) is None


@pytest.mark.parametrize(("broken", "portions"), [(None, 4), (49, 1), (50, 1), (51, 2), (120, 3)])
def test_the_chain_is_recomputed_in_portions(
    sitter: Sitter, database: Database, broken: int | None, portions: int
) -> None:
    ref = sitter.begin().refs()["NUMERIC"]
    sitting_id = sitter.enrolment.sitting.id
    for batch in (range(50), range(50, 100), range(100, 130)):
        assert sitter.send(*(sitter.entry(ref, {"text": str(number)}) for number in batch)).status_code == 200
    with database.transaction() as db:
        db.execute(update(Response).where(Response.seq == broken).values(answer={"text": "x"}))
    read: list[int] = []
    note = lambda *told: read.append("FROM responses" in told[2])  # noqa: E731 (taken off again below)
    listen(database.engine, "after_cursor_execute", note)
    with database.reading() as db:
        found = verifying.verify_chain(db, sitting_id)
    remove(database.engine, "after_cursor_execute", note)
    assert found == (verifying.ChainBreak(1, broken, "a response was altered") if broken else None)
    assert sum(read) == portions


def test_what_is_stored_while_the_chain_is_recomputed_is_no_break(sitter: Sitter, database: Database) -> None:
    sitter.begin().answer()
    with database.reading() as db:
        known = get(db, Sitting, sitter.enrolment.sitting.id)
    sitter.answer("TRUE_FALSE")
    with database.reading() as db:
        rows = responding.log(db, known.id)
        now = get(db, Sitting, known.id).chain_head
    broken = verifying.ChainBreak(1, 2, "the last responses are missing")
    assert verifying.first_break(known.chain_head, rows, lambda: now) is None
    assert verifying.first_break(known.chain_head, rows, lambda: "f" * 64) is None  # and more since
    assert verifying.first_break(known.chain_head, rows, lambda: known.chain_head) == broken
    assert verifying.first_break("f" * 64, rows, lambda: "f" * 64) == broken


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"answer": {"choice": "d"}}, "a response was altered"),
        ({"flagged": True}, "a response was altered"),
        ({"seq": 9}, "a response is missing"),
    ],
)
def test_an_altered_response_breaks_the_chain(
    sitter: Sitter, database: Database, changes: dict[str, Any], reason: str
) -> None:
    sitter.begin().answer()
    with database.transaction() as db:
        db.execute(update(Response).values(**changes))
    with database.reading() as db:
        found = verifying.verify_chain(db, sitter.enrolment.sitting.id)
    assert found
    assert found.reason == reason


def test_missing_last_responses_break_the_chain(sitter: Sitter, database: Database) -> None:
    sitter.begin().answer()
    sitter.answer("TRUE_FALSE")
    with database.transaction() as db:
        db.delete(responding.log(db, sitter.enrolment.sitting.id)[-1])
    with database.reading() as db:
        found = verifying.verify_chain(db, sitter.enrolment.sitting.id)
    assert found == verifying.ChainBreak(1, 1, "the last responses are missing")
