"""A plan of rooms and seats that the service makes by itself: proposed, then taken over in one step."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examsvc.core.db import get, get_locked
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery.errors import RoomProposalMovedOn, SeatsLocked
from examsvc.delivery.models import Enrolment, ExamSession, SessionRoom
from examsvc.delivery.rooms import choosing, offering, placing, readiness, using
from examsvc.delivery.rooms.choosing import Choice, Need, Offer, Site
from examsvc.delivery.rooms.seating import Order, Spread
from examsvc.delivery.rooms.using import USUAL_CAPACITY, RoomUse
from examsvc.delivery.states import ExamSessionState
from examsvc.registry.applications.kinds import RoomKind
from examsvc.registry.applications.models import Centre, CentreState, Room


@dataclass(frozen=True)
class RoomWish:
    """What the office asks for; without a site it is that of the rooms in use already, else any one."""

    kind: RoomKind = RoomKind.COMPUTER
    seats_a_room: int = USUAL_CAPACITY
    centre_id: UUID | None = None


@dataclass(frozen=True)
class ProposedRoom:
    room: Room
    capacity: int
    is_separate: bool


@dataclass(frozen=True)
class Proposal:
    """The rooms that are used already, which stay, and those that would be added."""

    enrolled: int
    apart: int
    kept: Sequence[SessionRoom]
    rooms: Sequence[ProposedRoom]

    @property
    def seats(self) -> int:
        """Return the seats of all rooms together."""
        return sum(use.capacity for use in self.kept) + sum(one.capacity for one in self.rooms)


def propose(db: Session, exam_session_id: UUID, wish: RoomWish) -> Proposal:
    """Return which free rooms with video equipment, all of one site, would seat everybody enrolled in a draft.

    A room that another draft has at the time is not free. Who is granted a separate room, or sits in one, gets one.
    Raises NotFound, SeatsLocked, RoomsDoNotSuffice, and what `readiness.check_room` raises of a room in use already.
    """
    exam_session = get(db, ExamSession, exam_session_id)
    if exam_session.state != ExamSessionState.DRAFT:
        raise SeatsLocked(state=exam_session.state)
    kept = using.rooms_of(db, exam_session_id)
    for use in kept:
        readiness.check_room(db, exam_session, use.room)
    enrolled, apart = _enrolled(db, exam_session_id), len(_apart(db, exam_session_id))
    need = Need(
        shared=_lacking(enrolled - apart, [use for use in kept if not use.is_separate]),
        apart=_lacking(apart, [use for use in kept if use.is_separate]),
        seats_a_room=wish.seats_a_room,
    )
    rooms = _free_rooms(db, exam_session, wish, kept)
    choices = choosing.choose(_sites(rooms), need)
    return Proposal(enrolled, apart, kept, _named(choices, rooms))


def take_over(
    db: Session,
    exam_session_id: UUID,
    wish: RoomWish,
    order: Order,
    spread: Spread,
    rooms: Collection[UUID],
    *,
    by: Identity,
    now: datetime,
) -> None:
    """Use the rooms that were shown and give everybody a seat; taken over twice, nothing is drawn again.

    Raises RoomProposalMovedOn when other rooms would be proposed by now, and what `propose`, `using.use_room` and
    `placing.plan_seats` raise.
    """
    exam_session = get_locked(db, ExamSession, exam_session_id)
    proposal = propose(db, exam_session_id, wish)
    if {*rooms} - {use.room_id for use in proposal.kept} != {one.room.id for one in proposal.rooms}:
        raise RoomProposalMovedOn
    for one in proposal.rooms:
        using.use_room(db, exam_session_id, RoomUse(one.room.id, one.capacity, one.is_separate), by=by, now=now)
    if order == Order.RANDOM and exam_session.seating_seed and not proposal.rooms and _stands(db, exam_session_id):
        return
    separate = _apart(db, exam_session_id)
    placing.plan_seats(db, exam_session_id, order, spread, separate=separate, by=by, now=now)


def _enrolled(db: Session, exam_session_id: UUID) -> int:
    return db.scalar(select(func.count()).select_from(Enrolment).filter_by(exam_session_id=exam_session_id)) or 0


def _apart(db: Session, exam_session_id: UUID) -> set[UUID]:
    sits_apart = select(Enrolment.id).join(Enrolment.session_room).where(SessionRoom.is_separate)
    sitting = db.scalars(sits_apart.where(Enrolment.exam_session_id == exam_session_id))
    return {*sitting, *placing.granted_apart(db, exam_session_id)}


def _lacking(people: int, uses: Sequence[SessionRoom]) -> int:
    return max(0, people - sum(use.capacity for use in uses))


def _free_rooms(db: Session, exam_session: ExamSession, wish: RoomWish, kept: Sequence[SessionRoom]) -> Sequence[Room]:
    """Return the rooms of the wished kind that may be chosen, by site."""
    query = offering.open_rooms(exam_session, {use.room_id for use in kept})
    query = query.where(Room.has_video.is_(True), Room.kind == wish.kind)
    if centre_id := wish.centre_id or (kept[0].room.centre_id if kept else None):
        if get(db, Centre, centre_id).organisation_id != exam_session.filing.organisation_id:
            raise NotFound(thing="site")
        query = query.where(Room.centre_id == centre_id)
    taken = offering.busy(db, exam_session, ExamSessionState.DRAFT, ExamSessionState.PUBLISHED)
    return [room for room in db.scalars(query) if room.id not in taken]


def _sites(rooms: Sequence[Room]) -> list[Site]:
    grouped = groupby(sorted(rooms, key=lambda room: (room.centre.name, room.centre_id)), lambda room: room.centre)
    return [
        Site([Offer(room.id, room.seats) for room in own], centre.state == CentreState.RECOMMENDED)
        for centre, own in grouped
    ]


def _named(choices: Sequence[Choice], rooms: Sequence[Room]) -> list[ProposedRoom]:
    by_id = {room.id: room for room in rooms}
    return [ProposedRoom(by_id[one.room_id], one.capacity, one.is_separate) for one in choices]


def _stands(db: Session, exam_session_id: UUID) -> bool:
    """Return whether everybody has a seat, and who is to sit apart does."""
    return not any(readiness.seat_faults(db, exam_session_id))
