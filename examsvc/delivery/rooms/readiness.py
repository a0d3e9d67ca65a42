"""What an exam session's rooms must be before it is published or moved. No setting of it goes past any of this."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from examsvc.core.db import WRITERS_WAIT
from examsvc.delivery.errors import (
    CandidatesNotPlaced,
    RoomClosed,
    RoomInUse,
    RoomWithoutVideo,
    SessionWithoutRooms,
    TooFewSeats,
)
from examsvc.delivery.models import Enrolment, ExamSession, SessionRoom
from examsvc.delivery.states import ExamSessionState
from examsvc.registry.applications.models import CentreState, Room


def check(db: Session, exam_session: ExamSession) -> None:
    """Raise unless everybody has a seat in a room that may be used at that time; a rehearsal may do without rooms.

    Raises SessionWithoutRooms, CandidatesNotPlaced, TooFewSeats, and what `check_room` raises.
    """
    uses = db.scalar(select(func.count()).select_from(SessionRoom).filter_by(exam_session_id=exam_session.id))
    if not uses and exam_session.is_rehearsal:
        return
    if not uses:
        raise SessionWithoutRooms
    _check_placed(db, exam_session.id)
    _check_capacities(db, exam_session.id)
    check_rooms(db, exam_session)


def check_rooms(db: Session, exam_session: ExamSession) -> None:
    """Raise what `check_room` raises of any room that the exam session uses, at the time that it now has."""
    for room in _locked(db, select(SessionRoom.room_id).filter_by(exam_session_id=exam_session.id)):
        check_room(db, exam_session, room)


def check_room(db: Session, exam_session: ExamSession, room: Room) -> None:
    """Raise RoomClosed, RoomWithoutVideo, or RoomInUse when a published session has the room at the same time."""
    if room.removed_at or room.centre.removed_at or room.centre.state == CentreState.REFUSED:
        raise RoomClosed(room=room.name)
    if not room.has_video:
        raise RoomWithoutVideo(room=room.name)
    query = (
        select(ExamSession.code)
        .join(SessionRoom, SessionRoom.exam_session_id == ExamSession.id)
        .where(SessionRoom.room_id == room.id, ExamSession.id != exam_session.id)
        .where(ExamSession.state == ExamSessionState.PUBLISHED)
        .where(ExamSession.starts_at < exam_session.ends_at, ExamSession.ends_at > exam_session.starts_at)
    )
    code = db.scalar(query.order_by(ExamSession.starts_at).limit(1))
    if code is not None:
        raise RoomInUse(room=room.name, exam_session=code)


def _locked(db: Session, room_ids: Select[UUID]) -> Iterable[Room]:
    """Return the rooms locked, always in the same order: two sessions are not published in one room at once."""
    query = select(Room).where(Room.id.in_(room_ids)).order_by(Room.id).options(joinedload(Room.centre))
    return db.scalars(query.with_for_update(of=Room, **WRITERS_WAIT).execution_options(populate_existing=True)).all()


def _check_placed(db: Session, exam_session_id: UUID) -> None:
    query = select(func.count()).select_from(Enrolment).filter_by(exam_session_id=exam_session_id, session_room_id=None)
    if count := db.scalar(query):
        raise CandidatesNotPlaced(count=count)


def _check_capacities(db: Session, exam_session_id: UUID) -> None:
    """Raise TooFewSeats for seats that a room has not: a guard, as no verb gives one."""
    query = select(func.count()).select_from(Enrolment).join(Enrolment.session_room)
    beyond = db.scalar(
        query.where(Enrolment.exam_session_id == exam_session_id, Enrolment.seat_number > SessionRoom.capacity)
    )
    if beyond:
        raise TooFewSeats(missing=beyond, needed=beyond)
