"""Where answers that the office took over were written: in the epoch of a page, not in the one they are stored in."""

from uuid import UUID

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from examsvc.delivery.models import Sitting
from examsvc.delivery.rescue.models import LateResponse


def written_places(db: Session, sitting_id: UUID) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the (epoch, seq) in which a page wrote each line that was taken over, by those in which it is stored."""
    places = select(LateResponse.taken_epoch, LateResponse.taken_seq, LateResponse.epoch, LateResponse.seq)
    taken = places.where(LateResponse.sitting_id == sitting_id, LateResponse.taken_seq.is_not(None))
    return {(row.taken_epoch, row.taken_seq): (row.epoch, row.seq) for row in db.execute(taken)}


def only_taken_over_since(db: Session, sitting: Sitting, epoch: int) -> bool:
    """Return whether the sitting has later epochs than that one, all of them of answers that the office took over."""
    count = select(func.count(distinct(LateResponse.taken_epoch)))
    later = count.where(LateResponse.sitting_id == sitting.id, LateResponse.taken_epoch > epoch)
    return sitting.epoch > epoch and db.scalar(later) == sitting.epoch - epoch
