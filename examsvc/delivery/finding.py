"""Finding a sitting, one's own or any, locked or not."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import Session, defer, joinedload

from examsvc.core.db import WRITERS_WAIT
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery.models import Enrolment, SessionRoom, Sitting
from examsvc.delivery.states import ExamSessionState


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


def held_of(db: Session, exam_session_id: UUID, enrolment_ids: Collection[UUID] | None = None) -> list[Sitting]:
    """Return the sittings of these enrolments in the exam session, or of all, freshly read and locked.

    Whoever locks the exam session too does this before: a claim holds its sitting, and then wants that.
    """
    query = select(Sitting.id).join(Sitting.enrolment).where(Enrolment.exam_session_id == exam_session_id)
    if enrolment_ids is not None:
        query = query.where(Enrolment.id.in_(enrolment_ids))
    return all_locked(db, db.scalars(query).all())


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
