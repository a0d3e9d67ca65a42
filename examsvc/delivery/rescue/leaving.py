"""Late answers that wait for the office, and deciding that they do not count."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.identity import Identity
from examsvc.delivery import finding
from examsvc.delivery.errors import NotOpened
from examsvc.delivery.rescue import taking_over
from examsvc.delivery.rescue.errors import NothingToLeave
from examsvc.delivery.rescue.models import LateResponse
from examsvc.delivery.rescue.taking_over import Weighing


def leave(db: Session, sitting_id: UUID, *, reason: str, by: Identity, now: datetime) -> Weighing:
    """Decide that what is awaited does not count, and return everything weighed; it is kept, and may still be taken.

    Raises NotFound, NotOpened, NothingToLeave.
    """
    sitting = finding.locked(db, sitting_id)
    awaited = taking_over.preview(db, sitting_id, now=now).awaited
    if not awaited:
        raise NothingToLeave
    for line in awaited:
        db.get_one(LateResponse, (sitting_id, line.digest)).left_at = now
    db.flush()
    about = {"reason": reason, "lines": len(awaited)}
    audit.append(db, sitting.audit_stream, "sitting.late_answers_left", by=by, now=now, **about)
    return taking_over.preview(db, sitting_id, now=now)


def awaited(db: Session, sitting_id: UUID, *, now: datetime) -> int:
    """Return how many late answers might count and nobody has decided about; raises NotFound."""
    undecided = select(LateResponse.digest).filter_by(sitting_id=sitting_id, taken_seq=None, left_at=None)
    if db.scalar(undecided.limit(1)) is None:
        return 0
    try:
        return len(taking_over.preview(db, sitting_id, now=now).awaited)
    except NotOpened:
        return 0
