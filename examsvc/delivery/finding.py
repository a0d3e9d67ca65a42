"""Finding a sitting, one's own or any, and what the time means for it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, defer, joinedload

from examsvc.core.db import WRITERS_WAIT
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery.models import Enrolment, SessionRoom, Sitting
from examsvc.delivery.states import ExamSessionState
from examsvc.delivery.timing import Course, Timing, Window, decide


def own(db: Session, sitting_id: UUID, *, by: Identity) -> Sitting:
    """Return the caller's sitting; raises NotFound for anybody else's and for drafts, which look the same."""
    return _checked_own(db.scalars(_query(Sitting.id == sitting_id)).one_or_none(), by)


def own_locked(db: Session, sitting_id: UUID, *, by: Identity) -> Sitting:
    """Return the caller's sitting, freshly read and locked until the transaction ends; raises NotFound."""
    return _checked_own(_lock(db, sitting_id), by)


def locked(db: Session, sitting_id: UUID) -> Sitting:
    """Return any sitting, freshly read and locked until the transaction ends; raises NotFound."""
    sitting = _lock(db, sitting_id)
    if sitting is None:
        raise NotFound(thing="sitting")
    return sitting


def found(db: Session, sitting_id: UUID) -> Sitting | None:
    """Return any sitting, or None; with its enrolment, candidate and exam session in one query."""
    return db.scalars(_query(Sitting.id == sitting_id)).one_or_none()


def any_sitting(db: Session, sitting_id: UUID) -> Sitting:
    """Return any sitting; raises NotFound."""
    sitting = db.scalars(_query(Sitting.id == sitting_id)).one_or_none()
    if sitting is None:
        raise NotFound(thing="sitting")
    return sitting


def all_locked(db: Session, sitting_ids: Collection[UUID]) -> list[Sitting]:
    """Return those of the sittings that there are, freshly read and locked, in the one order that never deadlocks."""
    query = _query(Sitting.id.in_(sitting_ids)).order_by(Sitting.id)
    return list(db.scalars(_locking(query)))


def own_seated(db: Session, sitting_id: UUID, *, by: Identity) -> Sitting:
    """Return the caller's sitting with its room, which is shown with it; raises NotFound."""
    room = joinedload(Sitting.enrolment, innerjoin=True).joinedload(Enrolment.session_room).joinedload(SessionRoom.room)
    return _checked_own(db.scalars(_query(Sitting.id == sitting_id).options(room)).one_or_none(), by)


def timing_of(sitting: Sitting, now: datetime) -> Timing:
    """Return what the time means for the sitting at `now`; in a cancelled exam session it is over."""
    session = sitting.enrolment.exam_session
    window = Window(
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        minutes=session.minutes,
        clock_rule=session.clock_rule,
        late_entry_minutes=session.late_entry_minutes,
        earliest_hand_in_minutes=session.earliest_hand_in_minutes,
        grace_seconds=session.grace_seconds,
    )
    course = Course(
        opened_at=sitting.entered_at,
        accommodation_seconds=sitting.enrolment.extra_minutes * 60,
        granted_seconds=sitting.extra_seconds,
        credited_seconds=sitting.credited_seconds,
        paused_at=sitting.paused_at,
        paused_seconds=sitting.paused_seconds,
        is_over=sitting.state.is_over or session.state == ExamSessionState.CANCELLED,
    )
    return decide(window, course, now)


def _query(chosen: ColumnElement[bool]) -> Select[Sitting]:
    enrolment = joinedload(Sitting.enrolment, innerjoin=True)
    return (
        select(Sitting)
        .where(chosen)
        .options(
            defer(Sitting.arrangement),  # long, and only the paper needs it
            enrolment.joinedload(Enrolment.exam_session, innerjoin=True),
            enrolment.joinedload(Enrolment.candidate, innerjoin=True),
        )
    )


def _lock(db: Session, sitting_id: UUID) -> Sitting | None:
    return db.scalars(_locking(_query(Sitting.id == sitting_id))).one_or_none()


def _locking(query: Select[Sitting]) -> Select[Sitting]:
    return query.with_for_update(of=Sitting, **WRITERS_WAIT).execution_options(populate_existing=True)


def _checked_own(sitting: Sitting | None, by: Identity) -> Sitting:
    if sitting is None or by.account_id is None or sitting.enrolment.candidate.account_id != by.account_id:
        raise NotFound(thing="sitting")
    if sitting.enrolment.exam_session.state == ExamSessionState.DRAFT:
        raise NotFound(thing="sitting")
    return sitting
