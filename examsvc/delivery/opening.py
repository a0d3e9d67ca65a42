"""Opening a sitting's paper: from then on it is in progress."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from examsvc.core import states
from examsvc.core.identity import Identity
from examsvc.delivery import clocks, signals
from examsvc.delivery.errors import SittingOver
from examsvc.delivery.models import ExamSession, Sitting
from examsvc.delivery.sealed import keys
from examsvc.delivery.states import ExamSessionState, SittingState

_PUBLISHED = (
    select(ExamSession.id)
    .where(ExamSession.id.in_(bindparam("ids", expanding=True)), ExamSession.state == ExamSessionState.PUBLISHED)
    .order_by(ExamSession.id)
)
# Shared, so that the exam session is not cancelled in the same moment and nobody waits for another candidate.
_HELD = _PUBLISHED.with_for_update(read=True)
_FREE = _PUBLISHED.with_for_update(read=True, skip_locked=True)


def open_paper(db: Session, sitting: Sitting, *, by: Identity, now: datetime) -> None:
    """Open the paper of a locked sitting that is expected; raises SittingOver in a cancelled exam session.

    It was opened when its key was released, if it was: a claim that comes later makes nobody late.
    """
    if not published(db, {sitting.enrolment.exam_session_id}):
        raise SittingOver
    open_published(db, sitting, by=by, now=now)


def published(db: Session, exam_session_ids: Collection[UUID], *, waits: bool = True) -> set[UUID]:
    """Return those of the exam sessions that are published, and stay so until the transaction ends.

    One that somebody changes is waited for, or left out: whoever holds sittings of many must not wait for one who
    moves a start, and waits for them.
    """
    return set(db.scalars(_HELD if waits else _FREE, {"ids": list(exam_session_ids)}))


def open_published(db: Session, sitting: Sitting, *, by: Identity, now: datetime) -> None:
    """Open the paper of a locked sitting that is expected, in an exam session that was found to be `published`."""
    sitting.opened_at = sitting.entered_at or now
    clocks.reset_clock(sitting, now)
    seen = {"paper": sitting.paper_id, "arrangement": keys.order_of(sitting)}
    states.move(db, sitting, SittingState.IN_PROGRESS, by=by, now=now, opened_at=sitting.opened_at, **seen)
    signals.sitting_opened.send(sitting, db=db, now=now)
