"""What a machine still held when its sitting went on paper: kept, shown, and decided by a person, never dropped."""

from typing import Any

from callers import Caller
from clerks import Clerk, ref_of
from rescues import Desk, line, rescue_file
from sitters import Sitter

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery import responding
from examsvc.delivery.rescue import keeping


def send_late(sitter: Sitter, *lines: dict[str, Any]) -> Any:
    return sitter.post(f"{sitter.path}/late-responses", {"lines": list(lines)})


def held(sitter: Sitter, kind: str, answer: Any) -> dict[str, Any]:
    return line(sitter, sitter.refs()[kind], answer)


def test_a_late_answer_that_differs_is_decided_beside_both_copies(
    cut_off: Sitter, clerk: Clerk, other: Clerk, database: Database, moving_clock: MovableClock
) -> None:
    unsent = held(cut_off, "NUMERIC", {"text": "7"})
    clerk.print(cut_off)
    moving_clock.forward(minutes=90)
    assert send_late(cut_off, unsent).json == {"kept": 1}
    clerk.type_in(cut_off)
    assert other.type_in(cut_off).json["paper"] == "DIFFERING"
    (difference,) = clerk.differences(cut_off).json["differences"]
    assert (difference["first"], difference["second"]) == (None, None)
    assert difference["late"] == {"answer": {"text": "7"}, "made_at": "2026-11-23T01:00:00+00:00"}
    numeric = difference["question"]["ref"]
    assert clerk.decide(cut_off, {numeric: {"text": "7"}}).json["paper"] == "STORED"
    with database.reading() as db:
        sitting_id = cut_off.enrolment.sitting.id
        assert {row.item_ref: row.answer for row in responding.latest(db, sitting_id)}[numeric] == {"text": "7"}
        entries = audit.history(db, f"sitting:{sitting_id}")
        assert len(keeping.kept(db, sitting_id)) == 1
    decided = next(entry.detail for entry in entries if entry.action == "sitting.paper_decided")
    assert decided["questions"] == {numeric: "machine"}


def test_a_late_answer_that_the_sheet_confirms_needs_no_decision(
    cut_off: Sitter, clerk: Clerk, other: Clerk, moving_clock: MovableClock
) -> None:
    unsent = held(cut_off, "NUMERIC", {"text": "7"})
    clerk.print(cut_off)
    moving_clock.forward(minutes=90)
    send_late(cut_off, unsent)
    clerk.type_in(cut_off, NUMERIC={"text": "7"})
    assert other.type_in(cut_off, NUMERIC={"text": " 7 "}).json["paper"] == "STORED"


def test_a_rescue_file_is_kept_while_the_sitting_is_on_paper_and_changes_nothing(
    cut_off: Sitter, clerk: Clerk, other: Clerk, nobody: Caller, database: Database, moving_clock: MovableClock
) -> None:
    file = rescue_file(cut_off, held(cut_off, "NUMERIC", {"text": "7"}))
    clerk.print(cut_off)
    moving_clock.forward(minutes=90)
    assert Desk(nobody, cut_off).take(file).status_code == 200
    with database.reading() as db:
        assert len(responding.latest(db, cut_off.enrolment.sitting.id)) == 3
    clerk.type_in(cut_off)
    assert other.type_in(cut_off).json["paper"] == "DIFFERING"


def test_what_comes_after_the_sheet_was_stored_is_shown_as_superseded(
    cut_off: Sitter, clerk: Clerk, other: Clerk, nobody: Caller, moving_clock: MovableClock
) -> None:
    unsent = held(cut_off, "SINGLE_CHOICE", {"choice": "d"})
    clerk.print(cut_off)
    moving_clock.forward(minutes=90)
    for one in (clerk, other):
        one.type_in(cut_off, SINGLE_CHOICE={"choice": "c"})
    assert send_late(cut_off, unsent).json == {"kept": 1}
    seen = Desk(nobody, cut_off).look()
    assert [one["place"] for one in seen["lines"]] == ["SUPERSEDED"]
    assert seen["lines"][0]["item_ref"] == ref_of(clerk.sheet(cut_off), "SINGLE_CHOICE")


def test_the_reconciliation_names_who_went_on_by_hand_and_counts_the_lines_apart(
    cut_off: Sitter, clerk: Clerk, other: Clerk, moving_clock: MovableClock
) -> None:
    clerk.print(cut_off)
    moving_clock.forward(minutes=90)
    assert _by_hand(clerk) == [("PAPER_OPEN", cut_off.enrolment.ticket_number, 0)]
    for one in (clerk, other):
        one.type_in(cut_off, NUMERIC={"text": "7"})
    assert _by_hand(clerk) == [("ON_PAPER", cut_off.enrolment.ticket_number, 4)]
    total = clerk.get(f"{clerk.path}/reconciliation").json["total"]
    assert (total["stored"], total["on_paper"], total["lost"]) == (3, 4, 0)
    named = clerk.get(f"{clerk.path}/reconciliation").json["differences"]
    assert [(one["kind"], one["epoch"]) for one in named] == [("UNREPORTED", 1), ("ON_PAPER", 0)]
    assert clerk.get(f"{clerk.path}/reconciliation.pdf").status_code == 200


def _by_hand(clerk: Clerk) -> list[tuple[str, str, int]]:
    told = clerk.get(f"{clerk.path}/reconciliation").json["differences"]
    return [(one["kind"], one["ticket_number"], one["stored"]) for one in told if "PAPER" in one["kind"]]
