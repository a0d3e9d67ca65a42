"""What keeps an exam session open: credits that somebody may still approve, and a service that is silent itself."""

from datetime import datetime, timedelta

from sqlalchemy import Exists, exists
from sqlalchemy.orm import Session

from examsvc.delivery.ledger import beating
from examsvc.delivery.ledger.models import Outage, TimeCredit
from examsvc.delivery.ledger.states import CreditState
from examsvc.delivery.models import Enrolment, ExamSession, Sitting

DECISION_PATIENCE = timedelta(hours=2)
"""Credits that nobody has decided about by then keep no exam session open any more."""


def undecided(now: datetime) -> Exists:
    """Return the condition that credits of an exam session wait, for a decision or to be given."""
    waits = TimeCredit.state.in_((CreditState.PROPOSED, CreditState.APPROVED))
    return (
        exists()
        .where(
            TimeCredit.sitting_id == Sitting.id,
            Sitting.enrolment_id == Enrolment.id,
            Enrolment.exam_session_id == ExamSession.id,
            TimeCredit.outage_id == Outage.id,
            waits,
            Outage.noted_at > now - DECISION_PATIENCE,
        )
        .correlate(ExamSession)
    )


def is_held(db: Session, now: datetime) -> bool:
    """Return whether no exam session may be closed now: the service is silent, or credits are not proposed yet."""
    unproposed = exists().where(Outage.proposed_at.is_(None)).select()
    return beating.is_silent(db, now) or bool(db.scalar(unproposed))
