"""Sheets are typed in twice; what both typed is stored once, at the end of the chain, and handed in as of the sheet."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from clerks import Clerk, ref_of, times
from moments import NINE_IN_SHANGHAI
from sitters import Sitter
from sqlalchemy import update

from examsvc.accounts.models import Account, AccountState
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery import invigilating, responding, verifying
from examsvc.delivery.models import Sitting
from examsvc.delivery.on_paper.models import OnPaper
from examsvc.delivery.states import FinishReason, SittingState
from scoring import outcomes

Stored = Callable[[Sitter], Sitting]


def latest(database: Database, sitter: Sitter) -> dict[str, Any]:
    with database.reading() as db:
        return {row.item_ref: row.answer for row in responding.latest(db, sitter.enrolment.sitting.id)}


def theory(database: Database, sitter: Sitter) -> Any:
    with database.reading() as db:
        outcome = outcomes.recompute(db, sitter.enrolment.id)
        return sum(known.component.points for known in outcome.known if known.kind == "THEORY")


def test_two_equal_copies_are_stored_once_and_handed_in_as_of_the_sheet(
    on_paper: Sitter, clerk: Clerk, other: Clerk, database: Database, stored: Stored
) -> None:
    changed = {"SINGLE_CHOICE": {"choice": "c"}, "NUMERIC": {"text": "1.5"}}
    once = clerk.type_in(on_paper, **changed)
    assert (once.status_code, once.json["paper"], once.json["may_type"]) == (200, "TYPED_ONCE", False)
    assert stored(on_paper).state == SittingState.PAUSED
    twice = other.type_in(on_paper, **changed)
    assert (twice.json["paper"], twice.json["stored_count"]) == ("STORED", 4)
    sitting, sheet = stored(on_paper), clerk.sheet(on_paper)
    assert (sitting.state, sitting.finish_reason) == (SittingState.HANDED_IN, FinishReason.BY_CANDIDATE)
    assert sitting.finished_at == NINE_IN_SHANGHAI + timedelta(minutes=20)
    answers = latest(database, on_paper)
    assert answers[ref_of(sheet, "SINGLE_CHOICE")] == {"choice": "c"}
    assert answers[ref_of(sheet, "TRUE_FALSE")] == {"value": True}
    assert len(answers) == sitting.answered_count == 4
    with database.reading() as db:
        assert verifying.verify_chain(db, sitting.id) is None
        row = get(db, OnPaper, sitting.id)
        actions = [entry.action for entry in audit.history(db, sitting.audit_stream)]
    assert (row.stored_epoch, row.stored_count) == (sitting.epoch, 4)
    assert actions[-6:] == [
        "sitting.paper_typed_in", "on_paper.typed_once", "sitting.paper_typed_in", "on_paper.stored",
        "sitting.in_progress", "sitting.handed_in",
    ]  # fmt: skip
    assert theory(database, on_paper) > 0


def test_a_copy_again_changes_nothing(on_paper: Sitter, clerk: Clerk, other: Clerk, stored: Stored) -> None:
    copy = clerk.copy(on_paper)
    for one in (clerk, clerk, other, other, clerk):
        assert one.type_in(on_paper, copy).status_code == 200
    assert stored(on_paper).epoch == 3


def test_the_same_person_does_not_type_both_copies(on_paper: Sitter, clerk: Clerk, stored: Stored) -> None:
    clerk.type_in(on_paper)
    again = clerk.type_in(on_paper, NUMERIC={"text": "2"})
    assert (again.status_code, again.json["code"]) == (409, "same_person_twice")
    assert stored(on_paper).state == SittingState.PAUSED


def test_nobody_sees_the_copy_of_another_before_both_are_there(on_paper: Sitter, clerk: Clerk, other: Clerk) -> None:
    clerk.type_in(on_paper, NUMERIC={"text": "987654"})
    assert "987654" not in other.get(f"{other.path}/enrolments/{on_paper.enrolment.id}/on-paper").text
    assert other.differences(on_paper).json["code"] == "not_on_paper"


def test_what_differs_is_listed_by_question_and_decided_by_a_third_person(
    on_paper: Sitter, clerk: Clerk, other: Clerk, third: Clerk, database: Database, stored: Stored
) -> None:
    clerk.type_in(on_paper, NUMERIC={"text": "1.5"})
    assert other.type_in(on_paper, NUMERIC={"text": "15"}, handed_in=21).json["paper"] == "DIFFERING"
    told = other.differences(on_paper).json
    numeric = ref_of(clerk.sheet(on_paper), "NUMERIC")
    assert [(one["question"]["ref"], one["first"], one["second"]) for one in told["differences"]] == [
        (numeric, {"text": "1.5"}, {"text": "15"})
    ]
    assert told["times"] is True
    assert third.decide(on_paper, {numeric: {"text": "1.5"}}).json["code"] == "decision_incomplete"
    decided = third.decide(on_paper, {numeric: {"text": "1.5"}}, times=times(began=5, handed_in=21))
    assert (decided.status_code, decided.json["paper"]) == (200, "STORED")
    assert latest(database, on_paper)[numeric] == {"text": "1.5"}
    assert stored(on_paper).finished_at == NINE_IN_SHANGHAI + timedelta(minutes=21)
    with database.reading() as db:
        entries = audit.history(db, stored(on_paper).audit_stream)
    detail = next(entry.detail for entry in entries if entry.action == "sitting.paper_decided")
    assert detail["questions"] == {numeric: "first"}


def test_who_typed_a_sheet_decides_only_where_the_office_has_nobody_else(
    on_paper: Sitter, clerk: Clerk, other: Clerk, third: Clerk, database: Database
) -> None:
    clerk.type_in(on_paper, NUMERIC={"text": "1.5"})
    other.type_in(on_paper, NUMERIC={"text": "15"})
    numeric = ref_of(clerk.sheet(on_paper), "NUMERIC")
    for typist in (clerk, other):
        refused = typist.decide(on_paper, {numeric: {"text": "15"}})
        assert (refused.status_code, refused.json["code"]) == (409, "decided_by_typist")
    with database.transaction() as db:
        db.execute(update(Account).where(Account.username == "office3").values(state=AccountState.DISABLED))
    assert other.decide(on_paper, {numeric: {"text": "15"}}).json["paper"] == "STORED"


@pytest.mark.parametrize(("began", "handed_in"), [(-2, 10), (5, 4), (5, 66), (95, 96), (5, 91)])
def test_times_that_the_clock_does_not_allow_are_refused(
    on_paper: Sitter, clerk: Clerk, began: int, handed_in: int
) -> None:
    refused = clerk.type_in(on_paper, began=began, handed_in=handed_in)
    assert (refused.status_code, refused.json["code"]) == (422, "paper_times_unlawful")


def test_the_time_between_printing_and_writing_is_given_back(on_paper: Sitter, clerk: Clerk, other: Clerk) -> None:
    for one in (clerk, other):
        assert one.type_in(on_paper, began=20, handed_in=80).status_code == 200


def test_an_extension_makes_later_times_lawful(
    on_paper: Sitter, clerk: Clerk, database: Database, proctor: Any, moving_clock: MovableClock
) -> None:
    assert clerk.type_in(on_paper, began=5, handed_in=70).json["code"] == "paper_times_unlawful"
    with database.transaction() as db:
        invigilating.extend(
            db, on_paper.enrolment.sitting.id, seconds=600, reason="断电", by=proctor, now=moving_clock()
        )
    assert clerk.type_in(on_paper, began=5, handed_in=70).status_code == 200


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"q99": None}, "unknown_question"),
        ({"SINGLE_CHOICE": {"choice": "z"}}, "bad_answer"),
        ({"SINGLE_CHOICE": {"text": "b"}}, "bad_answer"),
        ({"NUMERIC": {"text": "1\x00"}}, "invalid"),
    ],
)
def test_answers_of_another_form_are_refused(
    on_paper: Sitter, clerk: Clerk, answers: dict[str, Any], code: str
) -> None:
    copy, sheet = clerk.copy(on_paper), clerk.sheet(on_paper)
    copy["answers"] |= {ref if ref == "q99" else ref_of(sheet, ref): answer for ref, answer in answers.items()}
    refused = clerk.type_in(on_paper, copy)
    assert (refused.status_code, refused.json["code"]) == (422, code)


def test_a_sheet_with_questions_left_out_is_refused(on_paper: Sitter, clerk: Clerk) -> None:
    copy = clerk.copy(on_paper)
    copy["answers"].popitem()
    assert clerk.type_in(on_paper, copy).json["code"] == "sheet_incomplete"


def test_what_was_ended_in_another_way_is_not_typed_in(
    on_paper: Sitter, clerk: Clerk, database: Database, proctor: Any, moving_clock: MovableClock
) -> None:
    copy = clerk.copy(on_paper)
    with database.transaction() as db:
        invigilating.terminate(db, on_paper.enrolment.sitting.id, reason="离场", by=proctor, now=moving_clock())
    assert clerk.type_in(on_paper, copy).json["code"] == "sitting_over"


def test_who_is_not_on_paper_has_no_sheet(cut_off: Sitter, clerk: Clerk) -> None:
    assert clerk.sheet(cut_off)["code"] == "not_on_paper"
