"""The receipt that stays: given at the hand-in, the same at every later look."""

from collections.abc import Callable

from sitters import ANSWERS, Sitter

from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.identity import Identity
from examsvc.delivery import invigilating
from examsvc.delivery.models import Sitting
from examsvc.delivery.receipts import signed
from examsvc.delivery.receipts.final import digest_of
from examsvc.delivery.receipts.tokens import Kind

Stored = Callable[[Sitter], Sitting]


def test_every_acknowledgement_carries_a_receipt_of_itself(sitter: Sitter, moving_clock: MovableClock) -> None:
    told = sitter.begin().answer()
    receipt = signed.verified(told["receipt"])
    assert receipt.kind == Kind.RESPONSES
    assert str(receipt.sitting_id) == sitter.path.rpartition("/")[2]
    assert (receipt.epoch, receipt.seq) == (told["epoch"], told["acknowledged_seq"])
    assert (receipt.chain_head, receipt.answered_count) == (told["chain_head"], told["answered_count"])
    assert receipt.at == moving_clock()


def test_a_running_sitting_has_no_final_receipt(sitter: Sitter) -> None:
    assert sitter.enter().view()["receipt"] is None
    sitter.check_in().claim()
    assert sitter.view()["receipt"] is None


def test_the_hand_in_gives_the_final_receipt_and_every_look_afterwards_the_same(
    sitter: Sitter, stored: Stored, moving_clock: MovableClock
) -> None:
    refs = sitter.begin().refs()
    sitter.send(*(sitter.entry(refs[kind], answer) for kind, answer in ANSWERS.items()))
    sitter.send(sitter.entry(refs["TRUE_FALSE"], None))
    token = sitter.hand_in().json["receipt"]
    receipt, own = signed.verified(token), stored(sitter)
    assert receipt.kind == Kind.HAND_IN
    assert (receipt.epoch, receipt.seq, receipt.chain_head) == (own.epoch, own.last_seq, own.chain_head)
    assert receipt.finished_at == own.finished_at == receipt.at
    kept = {refs[kind]: answer for kind, answer in ANSWERS.items() if kind != "TRUE_FALSE"}
    assert receipt.responses_digest == digest_of(kept)
    moving_clock.forward(hours=1)
    assert sitter.view()["receipt"] == token
    assert sitter.hand_in().json["receipt"] == token


def test_whose_time_is_up_finds_a_final_receipt_too(sitter: Sitter, stored: Stored, moving_clock: MovableClock) -> None:
    sitter.begin().answer()
    moving_clock.forward(hours=2)
    receipt = signed.verified(sitter.view()["receipt"])
    assert (receipt.kind, receipt.finished_at) == (Kind.HAND_IN, stored(sitter).finished_at)
    assert receipt.answered_count == 1


def test_a_sitting_without_an_answer_has_a_final_receipt_that_says_so(sitter: Sitter) -> None:
    receipt = signed.verified(sitter.begin().hand_in().json["receipt"])
    assert (receipt.seq, receipt.answered_count, receipt.chain_head) == (0, 0, "0" * 64)


def test_who_was_stopped_has_handed_nothing_in(sitter: Sitter, database: Database, proctor: Identity) -> None:
    sitter.begin().answer()
    with database.transaction() as db:
        sitting_id = sitter.enrolment.sitting.id
        invigilating.terminate(db, sitting_id, reason="替考", by=proctor, now=sitter.clock())
    assert sitter.view()["receipt"] is None


def test_an_extension_after_the_end_takes_the_final_receipt_back_until_the_next_end(
    sitter: Sitter, database: Database, proctor: Identity, moving_clock: MovableClock
) -> None:
    sitter.begin().answer()
    moving_clock.forward(minutes=61)
    first = sitter.view()["receipt"]
    with database.transaction() as db:
        sitting_id = sitter.enrolment.sitting.id
        invigilating.extend(db, sitting_id, seconds=600, reason="断网", by=proctor, now=sitter.clock())
    assert sitter.view()["receipt"] is None
    sitter.claim()
    sitter.answer("TRUE_FALSE")
    assert signed.verified(sitter.hand_in().json["receipt"]).answered_count == 2
    assert signed.verified(first).answered_count == 1
