"""What a page is told once its responses are stored."""

from dataclasses import dataclass
from datetime import datetime

from examsvc.delivery.models import Sitting
from examsvc.delivery.receipts import signed
from examsvc.delivery.receipts.tokens import Kind, Receipt


@dataclass(frozen=True)
class Acknowledgement:
    """Every response of the epoch up to `acknowledged_seq` is stored; `receipt` is that as the service signs it."""

    epoch: int
    acknowledged_seq: int
    closes_at: datetime | None
    chain_head: str
    answered_count: int
    receipt: str


def acknowledgement(sitting: Sitting, *, at: datetime) -> Acknowledgement:
    """Return the acknowledgement of a sitting as it is stored; only for what is committed."""
    receipt = Receipt(
        kind=Kind.RESPONSES,
        sitting_id=sitting.id,
        epoch=sitting.epoch,
        seq=sitting.last_seq,
        chain_head=sitting.chain_head,
        answered_count=sitting.answered_count,
        at=at,
    )
    return Acknowledgement(
        epoch=sitting.epoch,
        acknowledged_seq=sitting.last_seq,
        closes_at=sitting.closes_at,
        chain_head=sitting.chain_head,
        answered_count=sitting.answered_count,
        receipt=signed.issued(receipt),
    )
