"""Moving the start of a published exam session: who had opened the paper waits again, and loses no time."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get_locked
from examsvc.core.identity import Identity
from examsvc.delivery import beginning_anew, breaks, clocks, filed_days, finding, overlapping, signals
from examsvc.delivery.attendance import taking_back
from examsvc.delivery.errors import BadWindow, SessionNotPublished, SittingsOver
from examsvc.delivery.ledger import lapsing
from examsvc.delivery.models import ExamSession, Sitting
from examsvc.delivery.on_paper.errors import ContinuesOnPaper
from examsvc.delivery.rooms import readiness
from examsvc.delivery.staffing import lawfulness
from examsvc.delivery.states import ExamSessionState


def move_start(
    db: Session, exam_session_id: UUID, starts_at: datetime, *, reason: str, by: Identity, now: datetime
) -> ExamSession:
    """Move a published exam session as a whole to another start and return it.

    Who never came, or never opened the paper until time was up, is expected again, as everybody is.
    Time that was given back, or was about to be, was lost of a start that is none any more: it lapses.
    On another day everybody comes again.
    Raises SessionNotPublished, BadWindow for a start that has passed, SittingsOver once somebody's sitting has ended,
    ResultPublished once somebody's absence was decided on,
    ContinuesOnPaper while somebody has a printed paper, which nothing hides again, NotFiled when the filing is not in
    force on each new day, what `readiness.check_rooms` raises, StaffServesElsewhere and CandidateSitsElsewhere: another
    session may have a room, somebody who serves, or one of the candidates, by then.
    """
    finding.held_of(db, exam_session_id)
    exam_session = get_locked(db, ExamSession, exam_session_id)
    if exam_session.state != ExamSessionState.PUBLISHED:
        raise SessionNotPublished(state=exam_session.state)
    if starts_at <= now:
        raise BadWindow(reason="the new start has passed already")
    filed_days.check_moved(db, exam_session.filing_id, clocks.window_of(exam_session), starts_at)
    sittings = finding.held_of(db, exam_session_id)
    _check_movable(sittings)
    known = lawfulness.conflicts(db, exam_session)
    seated = [refusal.answer() for refusal in overlapping.conflicts(db, exam_session)]
    before = exam_session.starts_at
    exam_session.ends_at += starts_at - exam_session.starts_at
    exam_session.starts_at = starts_at
    db.flush()
    readiness.check_rooms(db, exam_session)
    lawfulness.check_conflicts(db, exam_session, known=known)
    overlapping.check_everybody(db, exam_session, known=seated)
    lapsing.lapse(db, exam_session_id, because=reason, by=by, now=now)
    for sitting in sittings:
        if sitting.state.is_over:
            taking_back.expect_again(db, sitting, reason=reason, by=by, now=now)
        breaks.settle(sitting, now)
    if beginning_anew.is_another_day(before, starts_at):
        beginning_anew.begin_anew(db, exam_session_id, sittings, reason=reason, by=by, now=now)
    for sitting in sittings:
        _start_again(db, sitting, now)
    moved = {"before": before, "after": starts_at, "reason": reason}
    audit.append(db, exam_session.audit_stream, "exam_session.start_moved", by=by, now=now, **moved)
    signals.start_moved.send(exam_session, db=db, now=now, by=by, reason=reason)
    return exam_session


def _check_movable(sittings: Sequence[Sitting]) -> None:
    over = sum(sitting.state.is_over and not taking_back.never_began(sitting) for sitting in sittings)
    if over:
        raise SittingsOver(count=over)
    if any(sitting.on_paper_at is not None for sitting in sittings):
        raise ContinuesOnPaper


def _start_again(db: Session, sitting: Sitting, now: datetime) -> None:
    """What stopped the clock before counts no more: it has not begun to run. Who is paused stays so.

    Consent to handing in was for the last minutes of an end that is none any more. An extension stays.
    """
    sitting.hand_in_allowed_at = None
    sitting.paused_seconds = sitting.held_seconds = sitting.break_used_seconds = 0
    sitting.expected_again_at = None
    starts_at = sitting.enrolment.exam_session.starts_at
    if sitting.paused_at is not None:
        sitting.paused_at = starts_at
    if sitting.held_at is not None:
        sitting.held_at = starts_at
    clocks.reset_clock(sitting, now)
    db.flush()
    signals.sitting_clock_changed.send(sitting, db=db, now=now)
