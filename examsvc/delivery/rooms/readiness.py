"""What an exam session's rooms must be before it is published or moved. No setting of it goes past any of this."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload

from examsvc.core.db import WRITERS_WAIT
from examsvc.core.errors import Refusal
from examsvc.delivery.errors import (
    CandidatesNotPlaced,
    RoomClosed,
    RoomInUse,
    RoomWithoutVideo,
    SeparateRoomMissing,
    SessionWithoutRooms,
    TooFewSeats,
)
from examsvc.delivery.models import Candidate, Enrolment, ExamSession, SessionRoom, Sitting
from examsvc.delivery.states import UNFINISHED, ExamSessionState
from examsvc.registry.applications.models import CentreState, Room


def check(db: Session, exam_session: ExamSession) -> None:
    """Raise unless everybody has a seat in a room that may be used at that time; a rehearsal may do without rooms.

    Who is granted a separate room sits in one. Raises the first of what `faults` yields.
    """
    rooms = _locked(db, exam_session.id)
    if not rooms and exam_session.is_rehearsal:
        return
    for refusal in _faults(db, exam_session, rooms):
        raise refusal


def faults(db: Session, exam_session: ExamSession) -> Iterator[Refusal]:
    """Yield what `check` would raise: SessionWithoutRooms, or CandidatesNotPlaced, TooFewSeats, SeparateRoomMissing,
    and for each room what `check_room` raises.
    """
    yield from _faults(db, exam_session, db.scalars(_rooms(exam_session.id)).all())


def seat_faults(db: Session, exam_session_id: UUID) -> Iterator[Refusal]:
    """Yield CandidatesNotPlaced, TooFewSeats and SeparateRoomMissing where they apply."""
    yield from _unplaced(db, exam_session_id)
    yield from _beyond(db, exam_session_id)
    yield from _not_apart(db, exam_session_id)


def check_rooms(db: Session, exam_session: ExamSession) -> None:
    """Raise what `check_room` raises of any room that the exam session uses, at the time that it now has."""
    for room in _locked(db, exam_session.id):
        check_room(db, exam_session, room)


def check_room(db: Session, exam_session: ExamSession, room: Room) -> None:
    """Raise RoomClosed, RoomWithoutVideo, or RoomInUse when a published session has the room at the same time."""
    for refusal in _room_faults(db, exam_session, room):
        raise refusal


def _faults(db: Session, exam_session: ExamSession, rooms: Sequence[Room]) -> Iterator[Refusal]:
    if not rooms:
        yield SessionWithoutRooms()
        return
    yield from seat_faults(db, exam_session.id)
    for room in rooms:
        yield from _room_faults(db, exam_session, room)


def _room_faults(db: Session, exam_session: ExamSession, room: Room) -> Iterator[Refusal]:
    if room.removed_at or room.centre.removed_at or room.centre.state == CentreState.REFUSED:
        yield RoomClosed(room=room.name)
    if not room.has_video:
        yield RoomWithoutVideo(room=room.name)
    query = (
        select(ExamSession.code)
        .join(SessionRoom, SessionRoom.exam_session_id == ExamSession.id)
        .where(SessionRoom.room_id == room.id, exam_session.others_at_its_time())
        .where(ExamSession.state == ExamSessionState.PUBLISHED)
    )
    code = db.scalar(query.order_by(ExamSession.starts_at).limit(1))
    if code is not None:
        yield RoomInUse(room=room.name, exam_session=code)


def _rooms(exam_session_id: UUID) -> Select[Room]:
    used = select(SessionRoom.room_id).filter_by(exam_session_id=exam_session_id)
    return select(Room).where(Room.id.in_(used)).order_by(Room.id).options(joinedload(Room.centre))


def _locked(db: Session, exam_session_id: UUID) -> Sequence[Room]:
    """Return the rooms locked, always in the same order: two sessions are not published in one room at once."""
    query = _rooms(exam_session_id).with_for_update(of=Room, **WRITERS_WAIT)
    return db.scalars(query.execution_options(populate_existing=True)).all()


def _unplaced(db: Session, exam_session_id: UUID) -> Iterator[Refusal]:
    query = select(func.count()).select_from(Enrolment).filter_by(exam_session_id=exam_session_id, session_room_id=None)
    if count := db.scalar(query):
        yield CandidatesNotPlaced(count=count)


def _beyond(db: Session, exam_session_id: UUID) -> Iterator[Refusal]:
    """Yield TooFewSeats for seats that a room has not: a guard, as no verb gives one."""
    query = select(func.count()).select_from(Enrolment).join(Enrolment.session_room)
    beyond = db.scalar(
        query.where(Enrolment.exam_session_id == exam_session_id, Enrolment.seat_number > SessionRoom.capacity)
    )
    if beyond:
        yield TooFewSeats(missing=beyond, needed=beyond)


def _not_apart(db: Session, exam_session_id: UUID) -> Iterator[Refusal]:
    """Yield SeparateRoomMissing for those who still are to sit, or do, among others although they are granted a room
    apart.
    """
    query = (
        select(Candidate.name)
        .join(Enrolment, Enrolment.candidate_id == Candidate.id)
        .join(Enrolment.sitting)
        .join(Enrolment.session_room)
        .where(Enrolment.exam_session_id == exam_session_id, ~SessionRoom.is_separate)
        .where(Sitting.separate_room, Sitting.state.in_(UNFINISHED))
        .order_by(SessionRoom.number, Enrolment.seat_number)
    )
    if names := db.scalars(query).all():
        yield SeparateRoomMissing(names="、".join(names))
