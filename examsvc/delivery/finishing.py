"""Ending a sitting: handed in, expired, or never begun. What fell due is stamped with the instant it fell due."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import states
from examsvc.core.identity import Identity, system
from examsvc.delivery import breaks, clocks, finding, opening, signals
from examsvc.delivery.attendance.states import DoorEvent
from examsvc.delivery.ledger import holding
from examsvc.delivery.models import DoorRecord, ExamSession, Sitting
from examsvc.delivery.states import ExamSessionState, FinishReason, SittingState

CLOCK = system("clock")
SWEEPS_FIRST = timedelta(seconds=20)
"""For so long what was begun and time ends is left to the sweeps: together thousands cost a tenth of each alone."""


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
    _end(sitting, finish_reason, at)
    states.move(db, sitting, target, by=by, now=now, finish_reason=str(finish_reason), finished_at=at, **detail)
    signals.sitting_finished.send(sitting, db=db, now=now)


def _end(sitting: Sitting, finish_reason: FinishReason, at: datetime) -> None:
    sitting.finished_at, sitting.finish_reason = at, finish_reason
    sitting.paused_at = sitting.held_at = None
    breaks.settle(sitting, at)


def is_left_over(sitting: Sitting, *, now: datetime) -> bool:
    """Return whether the sitting has to be ended now: nobody began it, or its end is overdue as if no sweep ran."""
    at = due_at(sitting, now)
    if at is None or sitting.opened_at is None:
        return at is not None
    return now - at > SWEEPS_FIRST + timedelta(seconds=sitting.enrolment.exam_session.grace_seconds)


def settle(db: Session, sitting_id: UUID, *, now: datetime) -> Sitting:
    """End the sitting if its time was over before `now`, and return it; raises NotFound."""
    sitting = finding.locked(db, sitting_id)
    settle_locked(db, sitting, now=now)
    return sitting


def settle_locked(db: Session, sitting: Sitting, *, now: datetime) -> None:
    """End a locked sitting if its time was over before `now`: handed in as it stands, or absent if nobody came.

    Nobody is absent by the clock whom an outage may have kept from coming; people decide meanwhile. Who was checked in
    at the door or confirmed on the machine in time (未在考试机上登录并确认) is not absent, even if
    the paper was never opened. Whose page got the key at the start and could not claim until the end was there: what
    it holds may still come late.
    """
    at = due_at(sitting, now)
    if at is None:
        return
    if never_came(sitting):
        if not holding.doubt(db, now).holds(sitting):
            mark_absent(db, sitting, at=at, by=CLOCK, now=now)
        return
    if sitting.entered_at is not None and sitting.opened_at is None:
        opening.open_paper(db, sitting, by=CLOCK, now=now)
    finish(db, sitting, SittingState.HANDED_IN, FinishReason.TIME_UP, at=at, by=CLOCK, now=now)


def never_came(sitting: Sitting) -> bool:
    """Return whether nobody came to the sitting in time, at the door or on the machine, and it was not entered."""
    return sitting.entered_at is None and not clocks.has_arrived(sitting)


def mark_absent(db: Session, sitting: Sitting, *, at: datetime, by: Identity, now: datetime) -> None:
    """End a locked sitting as of `at` whose candidate did not come in: never came, or was turned away at the door.

    Why they were turned away goes on record with it.
    """
    if sitting.turned_away_at is None:
        finish(db, sitting, SittingState.ABSENT, FinishReason.NEVER_CAME, at=at, by=by, now=now)
        return
    query = select(DoorRecord).filter_by(sitting_id=sitting.id, event=DoorEvent.TURNED_AWAY)
    last = db.scalars(query.order_by(DoorRecord.at.desc(), DoorRecord.id.desc()).limit(1)).one()
    why = {"turned_away_at": sitting.turned_away_at, "grounds": str(last.grounds), "note": last.note}
    finish(db, sitting, SittingState.ABSENT, FinishReason.TURNED_AWAY, at=at, by=by, now=now, **why)


def settle_many(db: Session, sitting_ids: Collection[UUID], *, now: datetime) -> None:
    """End by their time those of the sittings that are due and were opened, together; `settle` ends the others."""
    due = [(each, at) for each in finding.all_locked(db, sitting_ids) if (at := due_at(each, now)) and each.opened_at]
    for sitting, at in due:
        _end(sitting, FinishReason.TIME_UP, at)
    told = [(each, {"finish_reason": str(FinishReason.TIME_UP), "finished_at": at}) for each, at in due]
    states.move_each(db, told, SittingState.HANDED_IN, by=CLOCK, now=now)
    if due:
        signals.sittings_finished.send([sitting for sitting, _ in due], db=db, now=now)


def due_at(sitting: Sitting, now: datetime) -> datetime | None:
    """Return when the sitting had to end, if that was before `now` and nobody has ended it."""
    exam_session: ExamSession = sitting.enrolment.exam_session
    if exam_session.state != ExamSessionState.PUBLISHED:
        return None
    return clocks.timing_of(sitting, now).due_at
