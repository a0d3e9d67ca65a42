"""Choosing the rooms of an exam session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from examsvc.core import audit
from examsvc.core.db import get, get_locked
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery.errors import (
    CapacityTooLarge,
    RoomHasHistory,
    RoomListedTwice,
    RoomNotEmpty,
    RoomOfAnother,
    SeatsLocked,
)
from examsvc.delivery.models import Enrolment, ExamSession, SessionRoom
from examsvc.delivery.rooms import readiness
from examsvc.delivery.states import ExamSessionState
from examsvc.registry.applications.models import Room

USUAL_CAPACITY = 30
"""Candidates in a room, unless the office says otherwise (domain.md 2.3: 每考场 30)."""


@dataclass(frozen=True)
class RoomUse:
    """A room as the office wants it used; without `capacity` it takes 30, or all its seats when it has fewer."""

    room_id: UUID
    capacity: int | None = None
    is_separate: bool = False


def use_room(db: Session, exam_session_id: UUID, use: RoomUse, *, by: Identity, now: datetime) -> SessionRoom:
    """Give the exam session one more room with the next number, and return it.

    Raises NotFound, SeatsLocked, RoomOfAnother, CapacityTooLarge, RoomListedTwice; once the session is published also
    what `readiness.check_room` raises.
    """
    exam_session = _open(db, exam_session_id)
    room = get(db, Room, use.room_id)
    _check_owner(exam_session, room)
    found = rooms_of(db, exam_session_id)
    if any(one.room_id == room.id for one in found):
        raise RoomListedTwice
    number = max((one.number for one in found), default=0) + 1
    capacity = use.capacity or min(USUAL_CAPACITY, room.seats)
    chosen = SessionRoom(
        exam_session=exam_session, room=room, number=number, capacity=capacity, is_separate=use.is_separate
    )
    _check_capacity(chosen)
    if exam_session.state == ExamSessionState.PUBLISHED:
        readiness.check_room(db, exam_session, room)
    db.add(chosen)
    return _noted(db, chosen, "exam_session.room_added", by=by, now=now)


def change_use(
    db: Session,
    exam_session_id: UUID,
    session_room_id: UUID,
    *,
    capacity: int,
    is_separate: bool,
    by: Identity,
    now: datetime,
) -> SessionRoom:
    """Change how many seats of a room are used, and for whom; raises NotFound, SeatsLocked, CapacityTooLarge,
    and RoomNotEmpty when a seat that would go is somebody's.
    """
    _open(db, exam_session_id)
    chosen = session_room_in(db, exam_session_id, session_room_id)
    beyond = _taken(db, chosen, above=capacity)
    if beyond:
        raise RoomNotEmpty(room=chosen.name, count=beyond)
    chosen.capacity, chosen.is_separate = capacity, is_separate
    _check_capacity(chosen)
    return _noted(db, chosen, "exam_session.room_changed", by=by, now=now)


def drop_room(db: Session, exam_session_id: UUID, session_room_id: UUID, *, by: Identity, now: datetime) -> None:
    """Use a room no more; the others keep their numbers. Raises NotFound, SeatsLocked, RoomNotEmpty,
    and RoomHasHistory once something was ordered or drawn there.
    """
    _open(db, exam_session_id)
    chosen = session_room_in(db, exam_session_id, session_room_id)
    if taken := _taken(db, chosen):
        raise RoomNotEmpty(room=chosen.name, count=taken)
    name = chosen.name
    _noted(db, chosen, "exam_session.room_dropped", by=by, now=now)
    db.delete(chosen)
    try:
        db.flush()
    except IntegrityError as error:  # later stages refer to rooms, too
        raise RoomHasHistory(room=name) from error


def rooms_of(db: Session, exam_session_id: UUID) -> Sequence[SessionRoom]:
    """Return the exam session's rooms by number."""
    query = select(SessionRoom).filter_by(exam_session_id=exam_session_id).order_by(SessionRoom.number)
    return db.scalars(query.options(joinedload(SessionRoom.room).joinedload(Room.centre))).all()


def session_room_in(db: Session, exam_session_id: UUID, session_room_id: UUID) -> SessionRoom:
    """Return the room if the exam session uses it; raises NotFound."""
    found = db.get(SessionRoom, session_room_id)
    if found is None or found.exam_session_id != exam_session_id:
        raise NotFound(thing="room")
    return found


def _open(db: Session, exam_session_id: UUID) -> ExamSession:
    exam_session = get_locked(db, ExamSession, exam_session_id)
    if exam_session.state not in (ExamSessionState.DRAFT, ExamSessionState.PUBLISHED):
        raise SeatsLocked(state=exam_session.state)
    return exam_session


def _check_owner(exam_session: ExamSession, room: Room) -> None:
    if room.centre.organisation_id != exam_session.filing.organisation_id:
        raise RoomOfAnother(room=room.name)


def _check_capacity(chosen: SessionRoom) -> None:
    if chosen.capacity > chosen.room.seats:
        raise CapacityTooLarge(room=chosen.name, seats=chosen.room.seats)


def _taken(db: Session, chosen: SessionRoom, above: int = 0) -> int:
    query = select(func.count()).select_from(Enrolment).filter_by(session_room_id=chosen.id)
    return db.scalar(query.where(Enrolment.seat_number > above)) or 0


def _noted(db: Session, chosen: SessionRoom, action: str, *, by: Identity, now: datetime) -> SessionRoom:
    db.flush()
    detail = {"room": chosen.room_id, "number": chosen.number, "capacity": chosen.capacity}
    audit.append(db, chosen.exam_session.audit_stream, action, by=by, now=now, **detail)
    return chosen
