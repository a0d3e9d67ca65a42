"""Opening a sitting's paper: from then on it is in progress."""

from datetime import datetime

from sqlalchemy.orm import Session

from examsvc.core import states
from examsvc.core.identity import Identity
from examsvc.delivery import finding, signals
from examsvc.delivery.errors import SittingOver
from examsvc.delivery.models import Sitting
from examsvc.delivery.sealed import keys
from examsvc.delivery.states import ExamSessionState, SittingState


def open_paper(db: Session, sitting: Sitting, *, by: Identity, now: datetime) -> None:
    """Open the paper of a locked sitting that is expected; raises SittingOver in a cancelled exam session.

    It was opened when its key was released, if it was: a claim that comes later makes nobody late.
    """
    # Shared, so that the exam session is not cancelled in the same moment and nobody waits for another candidate.
    db.refresh(sitting.enrolment.exam_session, with_for_update={"read": True})
    if sitting.enrolment.exam_session.state != ExamSessionState.PUBLISHED:
        raise SittingOver
    sitting.opened_at = sitting.entered_at or now
    sitting.closes_at = finding.timing_of(sitting, now).closes_at
    seen = {"paper": sitting.paper_id, "arrangement": keys.order_of(sitting)}
    states.move(db, sitting, SittingState.IN_PROGRESS, by=by, now=now, opened_at=sitting.opened_at, **seen)
    db.flush()
    signals.sitting_opened.send(sitting, db=db, now=now)
