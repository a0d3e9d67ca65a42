"""Taking an absence 缺考 back: who was marked by the clock or by mistake is expected again.

Who may do it is checked by proctoring for chief proctors, and by the office's edge.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import states
from examsvc.core.db import get_locked
from examsvc.core.identity import Identity
from examsvc.delivery import finding, signals
from examsvc.delivery.errors import AbsenceStands, NotMarkedAbsent
from examsvc.delivery.models import ExamSession, Sitting
from examsvc.delivery.states import ExamSessionState, FinishReason, SittingState


def take_back(db: Session, sitting_id: UUID, *, reason: str, by: Identity, now: datetime) -> Sitting:
    """Expect an absent candidate again and return the sitting; from `now` entry is open as it was from the start.

    The end of a common clock stays: more time is given by an extension. A repeat changes nothing. Raises NotFound,
    NotMarkedAbsent, AbsenceStands once the exam session is closed, and ResultPublished once the result is decided.
    """
    sitting = finding.locked(db, sitting_id)
    exam_session = get_locked(db, ExamSession, sitting.enrolment.exam_session_id)
    if exam_session.state != ExamSessionState.PUBLISHED:
        raise AbsenceStands(state=exam_session.state)
    if sitting.state == SittingState.EXPECTED and sitting.expected_again_at is not None:
        return sitting
    if sitting.state != SittingState.ABSENT:
        raise NotMarkedAbsent
    sitting.expected_again_at = now
    expect_again(db, sitting, reason=reason, by=by, now=now)
    signals.absence_taken_back.send(sitting, db=db, now=now, by=by, reason=reason)
    return sitting


def expect_again(db: Session, sitting: Sitting, *, reason: str, by: Identity, now: datetime) -> None:
    """Expect the candidate of a locked sitting again that `never_began`, and announce it; what followed is void.

    Raises ResultPublished.
    """
    sitting.finished_at = sitting.finish_reason = None
    states.move(db, sitting, SittingState.EXPECTED, by=by, now=now, reason=reason)
    db.flush()
    signals.sitting_reopened.send(sitting, db=db, now=now)


def never_began(sitting: Sitting) -> bool:
    """Return whether the sitting is over and nobody had opened its paper: absent, or kept out until time was up."""
    is_time_up = sitting.finish_reason == FinishReason.TIME_UP and sitting.opened_at is None
    return sitting.state == SittingState.ABSENT or is_time_up
