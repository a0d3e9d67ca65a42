"""Taking a page's report of its journal: how far it wrote, how far it was told, and the last receipt it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.identity import Identity
from examsvc.delivery import finding
from examsvc.delivery.models import Sitting
from examsvc.delivery.receipts import signed
from examsvc.delivery.receipts.tokens import Receipt
from examsvc.delivery.reconciling.errors import ReceiptOfAnother
from examsvc.delivery.reconciling.models import JournalReport


@dataclass(frozen=True)
class EpochCount:
    """The highest numbers of an epoch in the page's journal."""

    epoch: int
    written_seq: int
    acknowledged_seq: int


def report(
    db: Session, sitting_id: UUID, counts: Sequence[EpochCount], receipt: str | None, *, by: Identity, now: datetime
) -> None:
    """Keep the newest that the caller's page told; raises NotFound, ReceiptOfAnother, a bad receipt's.

    Reports may overtake each other: one that was confirmed less is the older one, and only raises what is written. What
    was confirmed is never taken back. A newer one may have written less: lines moved on into another epoch. What is
    told of an epoch that the sitting has not had is left out, not refused: the receipt beside it may be all we have.
    """
    sitting = finding.own_locked(db, sitting_id, by=by)
    shown = signed.verified(receipt) if receipt is not None else None
    if shown is not None:
        _keep_receipt(db, sitting, shown, now)
    last_epoch = max(sitting.epoch, shown.epoch if shown else 0)  # our signature is older than a restored database
    for count in (count for count in counts if count.epoch <= last_epoch):
        row = _row(db, sitting, count.epoch, now)
        is_newer = count.acknowledged_seq >= row.acknowledged_seq
        row.written_seq = count.written_seq if is_newer else max(row.written_seq, count.written_seq)
        row.acknowledged_seq = max(row.acknowledged_seq, count.acknowledged_seq)
        row.reported_at = now
    db.flush()


def _keep_receipt(db: Session, sitting: Sitting, receipt: Receipt, now: datetime) -> None:
    if receipt.sitting_id != sitting.id:
        raise ReceiptOfAnother
    row = _row(db, sitting, receipt.epoch, now)
    if receipt.seq >= (row.receipt_seq or 0):
        row.receipt_seq, row.receipt_head = receipt.seq, receipt.chain_head


def _row(db: Session, sitting: Sitting, epoch: int, now: datetime) -> JournalReport:
    row = db.get(JournalReport, (sitting.id, epoch))
    if row is None:
        row = JournalReport(sitting_id=sitting.id, epoch=epoch, written_seq=0, acknowledged_seq=0, reported_at=now)
        db.add(row)
        db.flush()
    return row
