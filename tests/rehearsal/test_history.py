"""The judge of a rehearsal finds what was planted."""

from uuid import uuid4

import pytest

from examsvc.rehearsal import history
from examsvc.rehearsal.history import Notebook, Stored

ANSWER = {"choice": "b"}


def notebook(*, receipts: list[tuple[int, int, str]]) -> Notebook:
    """Three responses of one epoch were sent."""
    kept = Notebook(uuid4())
    for seq in (1, 2, 3):
        kept.note_sent(1, seq, f"q{seq}", ANSWER)
    for receipt in receipts:
        kept.note_receipt(*receipt)
    return kept


def stored(*seqs: int) -> list[Stored]:
    return [Stored(1, seq, f"q{seq}", ANSWER, f"chain{seq}") for seq in seqs]


def faults(kept: Notebook, rows: list[Stored], *, final: bool = False) -> list[str]:
    judged = history.judge([kept], {kept.sitting_id: rows}, {kept.sitting_id: final})
    return [finding.fault for finding in judged.findings]


def test_what_was_acknowledged_and_is_stored_is_not_lost() -> None:
    kept = notebook(receipts=[(1, 1, "chain1"), (1, 3, "chain3")])
    judged = history.judge([kept], {kept.sitting_id: stored(1, 2, 3)}, {})
    assert (judged.acknowledged, judged.stored, judged.lost, judged.findings) == (3, 3, 0, [])


def test_a_planted_loss_is_found() -> None:
    kept = notebook(receipts=[(1, 3, "chain3")])
    judged = history.judge([kept], {kept.sitting_id: stored(1, 3)}, {})
    assert (judged.lost, [(one.fault, one.seq) for one in judged.findings]) == (1, [("LOST", 2)])


def test_a_whole_sitting_that_vanished_is_lost() -> None:
    assert faults(notebook(receipts=[(1, 3, "chain3")]), []) == ["LOST", "LOST", "LOST"]


def test_what_was_never_acknowledged_may_be_missing() -> None:
    assert faults(notebook(receipts=[(1, 1, "chain1")]), stored(1)) == []


@pytest.mark.parametrize(("receipts", "unacknowledged"), [([], 3), ([(1, 1, "chain1")], 2), ([(1, 3, "chain3")], 0)])
def test_what_no_receipt_names_stays_unacknowledged(receipts: list[tuple[int, int, str]], unacknowledged: int) -> None:
    kept = notebook(receipts=receipts)
    judged = history.judge([kept], {kept.sitting_id: stored(1, 2, 3)}, {})
    assert (judged.written, judged.unacknowledged, judged.findings) == (3, unacknowledged, [])


def test_an_altered_answer_counts_as_lost() -> None:
    rows = [*stored(1, 2), Stored(1, 3, "q3", {"choice": "c"}, "chain3")]
    assert faults(notebook(receipts=[(1, 3, "chain3")]), rows) == ["ALTERED"]


def test_a_receipt_whose_chain_is_not_the_stored_one_is_found() -> None:
    assert faults(notebook(receipts=[(1, 3, "another")]), stored(1, 2, 3)) == ["CHAIN_DIFFERS"]


def test_a_sequence_that_goes_back_is_found() -> None:
    assert faults(notebook(receipts=[(1, 3, "chain3"), (1, 2, "chain2")]), stored(1, 2, 3)) == ["WENT_BACK"]


@pytest.mark.parametrize(("final", "found"), [(True, []), (False, ["NOT_FINAL"])])
def test_a_hand_in_that_was_confirmed_is_final(final: bool, found: list[str]) -> None:
    kept = notebook(receipts=[])
    kept.handed_in_at = "2026-11-29T01:00:00Z"
    assert faults(kept, [], final=final) == found


def test_a_repeated_receipt_is_one_receipt() -> None:
    assert len(notebook(receipts=[(1, 1, "chain1"), (1, 1, "chain1")]).receipts) == 1
