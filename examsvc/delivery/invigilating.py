"""What a proctor may do to one sitting's time. Whether the proctor is assigned to it is checked by proctoring."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit, states
from examsvc.core.db import get_locked
from examsvc.core.identity import Identity
from examsvc.delivery import breaks, clocks, finding, finishing, instants, keeping_out, opening, signals
from examsvc.delivery.errors import BadExtension, SittingOver
from examsvc.delivery.models import ExamSession, Sitting
from examsvc.delivery.on_paper.errors import ContinuesOnPaper
from examsvc.delivery.states import ExamSessionState, FinishReason, SittingState

LONGEST_EXTENSION = 4 * 3600


def extend(db: Session, sitting_id: UUID, *, seconds: int, reason: str, by: Identity, now: datetime) -> Sitting:
    """Give a sitting more time and return it.

    One that time has ended already is opened again with exactly `seconds` left: the time it was shut counts as a
    pause. One that the candidate handed in, a proctor ended, or nobody came to, stays as it is. To somebody who has
    not come yet it gives later entry too. Raises NotFound, BadExtension, SittingOver.
    """
    if not 1 <= seconds <= LONGEST_EXTENSION:
        raise BadExtension(most=LONGEST_EXTENSION)
    sitting = _running_or_ended_by_time(db, sitting_id, now)
    sitting.extra_seconds += seconds
    audit.append(db, sitting.audit_stream, "sitting.extended", by=by, now=now, seconds=seconds, reason=reason)
    if sitting.state == SittingState.HANDED_IN:
        reopen(db, sitting, by=by, now=now)
    reset_clock(db, sitting, now)
    return sitting


def pause(db: Session, sitting_id: UUID, *, reason: str, by: Identity, now: datetime) -> Sitting:
    """Stop the clock of a sitting and hide its paper; a break ends with it.

    Whoever reads the paper by its key and has not claimed it yet is paused as if they had. Whoever has not opened it is
    kept out. Raises NotFound, SittingOver, IllegalTransition.
    """
    sitting = _unfinished(db, sitting_id, now)
    if sitting.state == SittingState.EXPECTED and sitting.entered_at is not None:
        opening.open_paper(db, sitting, by=by, now=now)
    if sitting.state == SittingState.EXPECTED:
        keeping_out.keep_out(db, sitting, reason=reason, by=by, now=now)
        reset_clock(db, sitting, now)
        return sitting
    sitting.lifecycle.check(sitting.state, SittingState.PAUSED)
    breaks.settle(sitting, now)
    sitting.paused_at = now
    states.move(db, sitting, SittingState.PAUSED, by=by, now=now, reason=reason)
    reset_clock(db, sitting, now)
    return sitting


def resume(db: Session, sitting_id: UUID, *, by: Identity, now: datetime, reason: str = "") -> Sitting:
    """Let a paused sitting's clock go on, with the pause given back; a broken second is given back whole.

    Whoever was kept out may open the paper again, with as much time for it as if there had been no pause.

    Raises NotFound, SittingOver, IllegalTransition, ContinuesOnPaper.
    """
    sitting = _unfinished(db, sitting_id, now)
    if sitting.on_paper_at is not None:
        raise ContinuesOnPaper
    if sitting.state != SittingState.PAUSED:
        keeping_out.let_in(db, sitting, reason=reason, by=by, now=now)
        reset_clock(db, sitting, now)
        return sitting
    _give_back_pause(sitting, now)
    states.move(db, sitting, SittingState.IN_PROGRESS, by=by, now=now, reason=reason)
    reset_clock(db, sitting, now)
    return sitting


def terminate(db: Session, sitting_id: UUID, *, reason: str, by: Identity, now: datetime) -> Sitting:
    """End a sitting for good, also before it was opened; what was answered stays. Raises NotFound, SittingOver."""
    sitting = _unfinished(db, sitting_id, now)
    _give_back_pause(sitting, now)
    breaks.settle(sitting, now)
    finishing.finish(
        db, sitting, SittingState.TERMINATED, FinishReason.BY_PROCTOR, at=now, by=by, now=now, reason=reason
    )
    return sitting


def allow_hand_in(db: Session, sitting_id: UUID, *, reason: str, by: Identity, now: datetime) -> Sitting:
    """Consent to handing in during the last minutes and return the sitting; raises NotFound, SittingOver."""
    sitting = _unfinished(db, sitting_id, now)
    if sitting.hand_in_allowed_at is None:
        sitting.hand_in_allowed_at = now
        audit.append(db, sitting.audit_stream, "sitting.hand_in_allowed", by=by, now=now, reason=reason)
        db.flush()
        signals.sitting_clock_changed.send(sitting, db=db, now=now)
    return sitting


def _unfinished(db: Session, sitting_id: UUID, now: datetime) -> Sitting:
    sitting = finding.locked(db, sitting_id)
    _check_session(sitting)
    if sitting.state.is_over or clocks.timing_of(sitting, now).due_at is not None:
        raise SittingOver
    return sitting


def _running_or_ended_by_time(db: Session, sitting_id: UUID, now: datetime) -> Sitting:
    sitting = finding.locked(db, sitting_id)
    _check_session(sitting)
    finishing.settle_locked(db, sitting, now=now)
    if sitting.state.is_over and sitting.finish_reason != FinishReason.TIME_UP:
        raise SittingOver
    return sitting


def _check_session(sitting: Sitting) -> None:
    if sitting.enrolment.exam_session.state != ExamSessionState.PUBLISHED:
        raise SittingOver


def reopen(db: Session, sitting: Sitting, *, by: Identity, now: datetime) -> None:
    """Open a locked sitting again that time has ended; the time it was shut counts as a pause.

    Whoever never opened the paper is expected again. Raises SittingOver, and ResultPublished for those.
    """
    get_locked(db, ExamSession, sitting.enrolment.exam_session_id)  # it must not be closed in the same moment
    _check_session(sitting)
    shut = instants.whole_seconds(now - sitting.finished_at) if sitting.finished_at else 0
    sitting.finished_at = sitting.finish_reason = None
    if sitting.opened_at is None:
        sitting.held_seconds += shut
        states.move(db, sitting, SittingState.EXPECTED, by=by, now=now)
    else:
        sitting.paused_seconds += shut
        states.move(db, sitting, SittingState.IN_PROGRESS, by=by, now=now)
    db.flush()
    signals.sitting_reopened.send(sitting, db=db, now=now)


def reset_clock(db: Session, sitting: Sitting, now: datetime) -> None:
    """Store when the sitting closes now, and announce it."""
    clocks.reset_clock(sitting, now)
    db.flush()
    signals.sitting_clock_changed.send(sitting, db=db, now=now)


def _give_back_pause(sitting: Sitting, now: datetime) -> None:
    if sitting.paused_at is not None:
        sitting.paused_seconds += instants.whole_seconds(now - sitting.paused_at)
        sitting.paused_at = None
