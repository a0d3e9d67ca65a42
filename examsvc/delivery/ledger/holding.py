"""What the clock leaves undone after an outage: closing exam sessions, and calling those absent who could not come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Exists, exists, or_, select
from sqlalchemy.orm import Session

from examsvc.delivery import clocks
from examsvc.delivery.ledger import beating
from examsvc.delivery.ledger.crediting import Span
from examsvc.delivery.ledger.models import Outage, TimeCredit
from examsvc.delivery.ledger.states import Cause, CreditState
from examsvc.delivery.models import Enrolment, ExamSession, Sitting

DECISION_PATIENCE = timedelta(hours=2)
"""Credits that nobody has decided about by then keep no exam session open any more, and outages nobody from absence."""


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


@dataclass(frozen=True)
class Doubt:
    """What may have kept people from coming: the service is silent now, or was out lately."""

    is_silent: bool
    outages: Sequence[Outage]

    def holds(self, sitting: Sitting) -> bool:
        """Return whether the clock may not call the sitting's candidate absent: an outage met the time for coming."""
        if self.is_silent:
            return True
        since = sitting.expected_again_at or sitting.enrolment.exam_session.starts_at
        coming = Span(since, clocks.absent_at(sitting))
        return any(_concerns(each, sitting) and not each.span.met(coming).is_empty for each in self.outages)


def _concerns(outage: Outage, sitting: Sitting) -> bool:
    exam_session_id, room_id = sitting.enrolment.exam_session_id, sitting.enrolment.session_room_id
    return outage.exam_session_id in (None, exam_session_id) and outage.session_room_id in (None, room_id)


def doubt(db: Session, now: datetime) -> Doubt:
    """Return what may have kept people from coming; an outage is held against nobody for as long as credits wait."""
    is_fresh = Outage.noted_at > now - DECISION_PATIENCE
    keeps_away = Outage.cause.not_in((Cause.HANDOVER, Cause.PAPERS_WITHHELD))  # logging in went on meanwhile
    query = select(Outage).where(keeps_away, or_(Outage.proposed_at.is_(None), is_fresh))
    return Doubt(beating.is_silent(db, now), db.scalars(query).all())
