"""Credits of a start that was moved: the clock begins anew, so there is nothing left that was lost."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit, states
from examsvc.core.identity import Identity
from examsvc.delivery.ledger.models import TimeCredit
from examsvc.delivery.ledger.states import CreditState
from examsvc.delivery.models import Enrolment, Sitting

STANDING = (CreditState.PROPOSED, CreditState.APPROVED, CreditState.GIVEN)


def lapse(db: Session, exam_session_id: UUID, *, because: str, by: Identity, now: datetime) -> int:
    """Let every credit of an exam session lapse, take back what was given, and return how many they were.

    The caller holds the sittings, and stores afterwards when each closes.
    """
    found = _standing(db, exam_session_id)
    for credit in found:
        if credit.state == CreditState.GIVEN:
            credit.sitting.credited_seconds -= credit.seconds
    with audit.together(db):
        for credit in found:
            _lapse(db, credit, because, by, now)
    return len(found)


def _lapse(db: Session, credit: TimeCredit, because: str, by: Identity, now: datetime) -> None:
    if credit.decided_at is None:
        credit.decided_by_id, credit.decided_at = by.account_id, now
    credit.lapsed_because = because
    told = {"credit": credit.id, "seconds": credit.seconds, "reason": because}
    states.move(db, credit, CreditState.LAPSED, by=by, now=now, **told)


def _standing(db: Session, exam_session_id: UUID) -> Sequence[TimeCredit]:
    """Return what is proposed, approved or given, freshly read and locked; a decision under way comes first."""
    query = (
        select(TimeCredit)
        .join(TimeCredit.sitting)
        .join(Sitting.enrolment)
        .where(Enrolment.exam_session_id == exam_session_id, TimeCredit.state.in_(STANDING))
        .order_by(TimeCredit.id)
        .with_for_update(of=TimeCredit)
        .execution_options(populate_existing=True)
    )
    return db.scalars(query).all()
