"""Breaks that stop the clock: taken by the candidate, within what was allowed to that candidate (便利措施).

The paper is hidden meanwhile. What a break lasts longer than the allowance runs on the candidate's own time.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.identity import Identity
from examsvc.delivery import clocks, finding, instants, signals
from examsvc.delivery.errors import NoBreakLeft, NotOpened, SittingOver, SittingPaused
from examsvc.delivery.models import Sitting
from examsvc.delivery.states import SittingState
from examsvc.delivery.timing import Phase

SECOND = timedelta(seconds=1)


def start(db: Session, sitting_id: UUID, *, by: Identity, now: datetime) -> Sitting:
    """Begin a break of the caller's own sitting and return it; while one runs, a repeat changes nothing.

    Raises NotFound, NotOpened, SittingOver, SittingPaused, NoBreakLeft.
    """
    sitting = finding.own_locked(db, sitting_id, by=by)
    timing = clocks.timing_of(sitting, now)
    if timing.phase == Phase.ON_BREAK:
        return sitting
    _check_running(sitting, timing.phase, is_late=timing.closes_at is not None and now >= timing.closes_at)
    if timing.break_left < SECOND:
        raise NoBreakLeft
    settle(sitting, now)
    sitting.break_started_at = now
    left = timing.break_left // SECOND
    audit.append(db, sitting.audit_stream, "sitting.break_started", by=by, now=now, allowance_left=left)
    _tell(db, sitting, now)
    return sitting


def end(db: Session, sitting_id: UUID, *, by: Identity, now: datetime) -> Sitting:
    """End the caller's own break and return the sitting; without one nothing changes. Raises NotFound."""
    sitting = finding.own_locked(db, sitting_id, by=by)
    if sitting.break_started_at is not None:
        taken = settle(sitting, now)
        audit.append(db, sitting.audit_stream, "sitting.break_ended", by=by, now=now, seconds=taken)
        _tell(db, sitting, now)
    return sitting


def settle(sitting: Sitting, now: datetime) -> int:
    """Write down how long the last break stopped the clock, and return it in seconds; a broken one counts whole."""
    if sitting.break_started_at is None:
        return 0
    left = max(0, sitting.break_allowance_seconds - sitting.break_used_seconds)
    taken = min(left, instants.whole_seconds(now - sitting.break_started_at))
    sitting.break_used_seconds += taken
    sitting.break_started_at = None
    return taken


def _check_running(sitting: Sitting, phase: Phase, *, is_late: bool) -> None:
    if sitting.state == SittingState.PAUSED:
        raise SittingPaused
    if phase == Phase.OVER or is_late:
        raise SittingOver
    if sitting.state != SittingState.IN_PROGRESS or phase != Phase.OPEN:
        raise NotOpened


def _tell(db: Session, sitting: Sitting, now: datetime) -> None:
    clocks.reset_clock(sitting, now)
    db.flush()
    signals.sitting_clock_changed.send(sitting, db=db, now=now)
