"""What a page is told once its responses are stored."""

from dataclasses import dataclass
from datetime import datetime

from examsvc.delivery.receipts import signed
from examsvc.delivery.receipts.tokens import Kind, Receipt
from examsvc.delivery.saving.rounds import Saved


@dataclass(frozen=True)
class Acknowledgement:
    """Every response of the epoch up to `acknowledged_seq` is stored; `receipt` is that as the service signs it."""

    epoch: int
    acknowledged_seq: int
    closes_at: datetime | None
    chain_head: str
    answered_count: int
    receipt: str


def acknowledgement(saved: Saved, *, at: datetime) -> Acknowledgement:
    """Return the acknowledgement of what is committed by `at`."""
    receipt = Receipt(
        kind=Kind.RESPONSES,
        sitting_id=saved.own.id,
        epoch=saved.epoch,
        seq=saved.last_seq,
        chain_head=saved.chain_head,
        answered_count=saved.answered_count,
        at=at,
    )
    return Acknowledgement(
        epoch=saved.epoch,
        acknowledged_seq=saved.last_seq,
        closes_at=saved.closes_at,
        chain_head=saved.chain_head,
        answered_count=saved.answered_count,
        receipt=signed.issued(receipt),
    )
