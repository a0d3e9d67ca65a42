"""Finding a sitting, one's own or any, and what the time means for it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import Session, defer, joinedload

from examsvc.core.db import WRITERS_WAIT
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery import instants
from examsvc.delivery.models import Enrolment, ExamSession, SessionRoom, Sitting
from examsvc.delivery.states import ExamSessionState
from examsvc.delivery.timing import Course, Timing, Window, decide


def own(db: Session, sitting_id: UUID, *, by: Identity) -> Sitting:
    """Return the caller's sitting; raises NotFound for anybody else's and for drafts, which look the same."""
    return checked_own(found(db, sitting_id), by)


def own_locked(db: Session, sitting_id: UUID, *, by: Identity) -> Sitting:
    """Return the caller's sitting, freshly read and locked until the transaction ends; raises NotFound."""
    return checked_own(_lock(db, sitting_id), by)


def locked(db: Session, sitting_id: UUID) -> Sitting:
    """Return any sitting, freshly read and locked until the transaction ends; raises NotFound."""
    sitting = _lock(db, sitting_id)
    if sitting is None:
        raise NotFound(thing="sitting")
    return sitting


def found(db: Session, sitting_id: UUID) -> Sitting | None:
    """Return any sitting, or None; with its enrolment, candidate and exam session in one query."""
    return db.scalars(_ONE, {"id": sitting_id}).one_or_none()


def any_sitting(db: Session, sitting_id: UUID) -> Sitting:
    """Return any sitting; raises NotFound."""
    sitting = found(db, sitting_id)
    if sitting is None:
        raise NotFound(thing="sitting")
    return sitting


def all_locked(db: Session, sitting_ids: Collection[UUID]) -> list[Sitting]:
    """Return those of the sittings that there are, freshly read and locked, in the one order that never deadlocks."""
    query = _query(Sitting.id.in_(sitting_ids)).order_by(Sitting.id)
    return list(db.scalars(_locking(query)))


def all_found(db: Session, sitting_ids: Collection[UUID]) -> list[Sitting]:
    """Return those of the sittings that there are; with enrolments, candidates and exam sessions in one query."""
    return list(db.scalars(_query(Sitting.id.in_(sitting_ids))))


def free_locked(db: Session, sitting_ids: Collection[UUID]) -> list[Sitting]:
    """Return those of the sittings that nobody else holds, freshly read and locked; none is waited for."""
    query = _query(Sitting.id.in_(sitting_ids)).order_by(Sitting.id)
    return list(db.scalars(_locking(query, skip_locked=True)))


def own_seated(db: Session, sitting_id: UUID, *, by: Identity) -> Sitting:
    """Return the caller's sitting with its room, which is shown with it; raises NotFound."""
    return checked_own(db.scalars(_SEATED, {"id": sitting_id}).one_or_none(), by)


def timing_of(sitting: Sitting, now: datetime) -> Timing:
    """Return what the time means for the sitting at `now`; in a cancelled exam session it is over."""
    session = sitting.enrolment.exam_session
    is_cancelled = session.state == ExamSessionState.CANCELLED
    return decide(window_of(session), _course(sitting, is_over=sitting.state.is_over or is_cancelled), now)


def window_of(session: ExamSession) -> Window:
    """Return the exam session's window and rules."""
    return Window(
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        minutes=session.minutes,
        clock_rule=session.clock_rule,
        late_entry_minutes=session.late_entry_minutes,
        late_extends_time=session.late_extends_time,
        login_absent_minutes=session.login_absent_minutes,
        earliest_hand_in_minutes=session.earliest_hand_in_minutes,
        last_minutes_consent=session.last_minutes_consent,
        grace_seconds=session.grace_seconds,
    )


def has_arrived(sitting: Sitting) -> bool:
    """Return whether the candidate came, at the door or on the machine, while entry was open."""
    return instants.has_arrived(window_of(sitting.enrolment.exam_session), _course(sitting, is_over=False))


def _course(sitting: Sitting, *, is_over: bool) -> Course:
    return Course(
        checked_in_at=sitting.checked_in_at,
        confirmed_at=sitting.identity_confirmed_at,
        opened_at=sitting.entered_at,
        accommodation_seconds=sitting.accommodation_seconds,
        granted_seconds=sitting.extra_seconds,
        credited_seconds=sitting.credited_seconds,
        paused_at=sitting.paused_at,
        paused_seconds=sitting.paused_seconds,
        break_allowance_seconds=sitting.break_allowance_seconds,
        break_used_seconds=sitting.break_used_seconds,
        break_started_at=sitting.break_started_at,
        has_consent=sitting.hand_in_allowed_at is not None,
        is_over=is_over,
    )


def reset_clock(sitting: Sitting, now: datetime) -> None:
    """Write down when an opened sitting closes: with all of a running break, so that no sweep is early."""
    if sitting.opened_at is None:
        return
    timing = timing_of(sitting, now)
    if timing.break_ends_at is not None and timing.break_ends_at > now:
        timing = timing_of(sitting, timing.break_ends_at)
    sitting.closes_at = timing.closes_at


_ENROLMENT = joinedload(Sitting.enrolment, innerjoin=True)
CLOCKED = (
    defer(Sitting.arrangement),  # long, and only the paper needs it
    _ENROLMENT.joinedload(Enrolment.exam_session, innerjoin=True),
)
"""What a sitting is read with when it is only asked what the time means for it."""


def _query(chosen: ColumnElement[bool]) -> Select[Sitting]:
    candidate = _ENROLMENT.joinedload(Enrolment.candidate, innerjoin=True)
    return select(Sitting).where(chosen).options(*CLOCKED, candidate)


def _lock(db: Session, sitting_id: UUID) -> Sitting | None:
    return db.scalars(_LOCKED, {"id": sitting_id}).one_or_none()


def _locking(query: Select[Sitting], *, skip_locked: bool = False) -> Select[Sitting]:
    locking = query.with_for_update(of=Sitting, skip_locked=skip_locked, **WRITERS_WAIT)
    return locking.execution_options(populate_existing=True)


# Written once: to put a query together costs as much as to run it, and every request of a sitting begins with one.
_ONE = _query(Sitting.id == bindparam("id"))
_LOCKED = _locking(_ONE)
_SEATED = _ONE.options(_ENROLMENT.joinedload(Enrolment.session_room).joinedload(SessionRoom.room))


def checked_own(sitting: Sitting | None, by: Identity) -> Sitting:
    """Return the sitting that was read; raises NotFound as `own` does."""
    if sitting is None or by.account_id is None or sitting.enrolment.candidate.account_id != by.account_id:
        raise NotFound(thing="sitting")
    if sitting.enrolment.exam_session.state == ExamSessionState.DRAFT:
        raise NotFound(thing="sitting")
    return sitting
