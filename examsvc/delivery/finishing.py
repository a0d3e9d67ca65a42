"""Ending a sitting: handed in, expired, or never begun. What fell due is stamped with the instant it fell due."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import states
from examsvc.core.identity import Identity, system
from examsvc.delivery import breaks, finding, signals
from examsvc.delivery.errors import (
    ConsentMissing,
    EpochSuperseded,
    NotOpened,
    OnBreak,
    ResponsesMissing,
    SittingOver,
    SittingPaused,
    TooEarly,
)
from examsvc.delivery.models import ExamSession, Sitting
from examsvc.delivery.states import ExamSessionState, FinishReason, SittingState
from examsvc.delivery.timing import Phase, Timing

CLOCK = system("clock")


def finish(
    db: Session,
    sitting: Sitting,
    target: SittingState,
    finish_reason: FinishReason,
    *,
    at: datetime,
    by: Identity,
    now: datetime,
    **detail: Any,
) -> None:
    """End a locked sitting as of `at` and announce it; raises IllegalTransition."""
    sitting.lifecycle.check(sitting.state, target)
    sitting.finished_at, sitting.finish_reason, sitting.paused_at = at, finish_reason, None
    breaks.settle(sitting, at)
    states.move(db, sitting, target, by=by, now=now, finish_reason=str(finish_reason), finished_at=at, **detail)
    db.flush()
    signals.sitting_finished.send(sitting, db=db, now=now)


def is_due(db: Session, sitting_id: UUID, *, now: datetime) -> bool:
    """Return whether the sitting had to end before `now` and nobody has ended it."""
    sitting = db.get(Sitting, sitting_id)
    return sitting is not None and _due_at(sitting, now) is not None


def settle(db: Session, sitting_id: UUID, *, now: datetime) -> Sitting:
    """End the sitting if its time was over before `now`, and return it; raises NotFound."""
    sitting = finding.locked(db, sitting_id)
    settle_locked(db, sitting, now=now)
    return sitting


def settle_locked(db: Session, sitting: Sitting, *, now: datetime) -> None:
    """End a locked sitting if its time was over before `now`: handed in as it stands, or absent if nobody came.

    Who confirmed on the machine in time is not absent (未在考试机上登录并确认), even if the paper was never opened.
    """
    due_at = _due_at(sitting, now)
    if due_at is None:
        return
    if sitting.opened_at is None and not finding.has_arrived(sitting):
        finish(db, sitting, SittingState.ABSENT, FinishReason.NEVER_CAME, at=due_at, by=CLOCK, now=now)
    else:
        finish(db, sitting, SittingState.HANDED_IN, FinishReason.TIME_UP, at=due_at, by=CLOCK, now=now)


def _due_at(sitting: Sitting, now: datetime) -> datetime | None:
    exam_session: ExamSession = sitting.enrolment.exam_session
    if exam_session.state != ExamSessionState.PUBLISHED:
        return None
    return finding.timing_of(sitting, now).due_at


def hand_in(
    db: Session,
    sitting_id: UUID,
    *,
    epoch: int,
    last_seq: int,
    made_at: datetime | None = None,
    by: Identity,
    now: datetime,
) -> Sitting:
    """Hand in the caller's sitting and return it; once it is handed in, a repeat changes nothing.

    `made_at` is when the candidate did it, by the page's clock: it goes on record and decides nothing.

    Raises NotFound, SittingOver, NotOpened, SittingPaused, OnBreak, EpochSuperseded, ResponsesMissing, TooEarly,
    ConsentMissing.
    """
    sitting = finding.own_locked(db, sitting_id, by=by)
    settle_locked(db, sitting, now=now)
    if sitting.state == SittingState.HANDED_IN:
        return sitting
    timing = finding.timing_of(sitting, now)
    _check_running(sitting, timing)
    _check_complete(sitting, epoch, last_seq)
    _check_allowed(timing, now)
    at = min(now, timing.closes_at) if timing.closes_at else now
    told = {"made_at": made_at} if made_at else {}
    finish(db, sitting, SittingState.HANDED_IN, FinishReason.BY_CANDIDATE, at=at, by=by, now=now, **told)
    return sitting


def _check_running(sitting: Sitting, timing: Timing) -> None:
    if sitting.state == SittingState.EXPECTED:
        raise NotOpened
    if sitting.state == SittingState.PAUSED:
        raise SittingPaused
    if sitting.state != SittingState.IN_PROGRESS:
        raise SittingOver
    if timing.phase == Phase.ON_BREAK:
        raise OnBreak


def _check_complete(sitting: Sitting, epoch: int, last_seq: int) -> None:
    if epoch != sitting.epoch:
        raise EpochSuperseded
    if last_seq > sitting.last_seq:
        raise ResponsesMissing(acknowledged_seq=sitting.last_seq)


def _check_allowed(timing: Timing, now: datetime) -> None:
    earliest_at = timing.earliest_hand_in_at
    if earliest_at is not None and now < earliest_at:
        raise TooEarly(earliest_hand_in_at=earliest_at.isoformat())
    if timing.needs_consent(now):
        raise ConsentMissing
