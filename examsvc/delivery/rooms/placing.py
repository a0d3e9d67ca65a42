"""Giving seats: the next free one to who is enrolled, a plan for everybody, another seat to one person."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get_locked
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery import dealing, finding, signals
from examsvc.delivery.errors import NoSuchSeat, RoomsFull, SeatsLocked, SeatTaken, SessionWithoutRooms, SittingOver
from examsvc.delivery.models import Enrolment, ExamSession, SessionRoom, Sitting
from examsvc.delivery.rooms import seating, using
from examsvc.delivery.rooms.seating import Order, Seat, Space, Spread
from examsvc.delivery.states import ExamSessionState
from questionbank.kinds import DrawKind


def next_free(db: Session, exam_session: ExamSession, *, is_apart: bool = False) -> tuple[SessionRoom | None, int]:
    """Return the room and seat of whoever is enrolled next: the lowest free seat of the first room that has one.

    Who `is_apart` gets a separate room, the one with the fewest people, while one has a seat; else sits among others.

    Without rooms, or in a draft whose rooms are full, there is no room: the number only counts. Raises RoomsFull once
    the exam session is published. The caller holds the exam session's lock.
    """
    taken = _counts(db, exam_session.id)
    free = [use for use in using.rooms_of(db, exam_session.id) if taken.get(use.id, 0) < use.capacity]
    if apart := [use for use in free if use.is_separate and is_apart]:
        use = min(apart, key=lambda one: taken.get(one.id, 0))
        return use, _lowest_free(db, use)
    if shared := [use for use in free if not use.is_separate]:
        return shared[0], _lowest_free(db, shared[0])
    if exam_session.state == ExamSessionState.PUBLISHED and taken.keys() - {None}:
        raise RoomsFull
    query = select(func.max(Enrolment.seat_number)).filter_by(exam_session_id=exam_session.id, session_room_id=None)
    return None, (db.scalar(query) or 0) + 1


def plan_seats(
    db: Session,
    exam_session_id: UUID,
    order: Order,
    spread: Spread,
    *,
    separate: Collection[UUID] = (),
    seed: str | None = None,
    by: Identity,
    now: datetime,
) -> Mapping[UUID, Seat]:
    """Give everybody enrolled in a draft a seat, whatever they had, and return the seats by enrolment.

    Who is granted a separate room gets one, and so do the enrolments in `separate`. By chance, the seed is new unless
    it is given, and kept.
    Raises SeatsLocked, SessionWithoutRooms, TooFewSeats, TooFewSeparateSeats.
    """
    exam_session = get_locked(db, ExamSession, exam_session_id)
    if exam_session.state != ExamSessionState.DRAFT:
        raise SeatsLocked(state=exam_session.state)
    uses = using.rooms_of(db, exam_session_id)
    if not uses:
        raise SessionWithoutRooms
    seed = seed or secrets.token_hex(8)
    people = seating.in_order(_by_ticket(db, exam_session_id), order, seed)
    spaces = [Space(use.number, use.capacity, use.is_separate) for use in uses]
    planned = seating.seats(people, spaces, spread, {*separate, *granted_apart(db, exam_session_id)})
    _reseat(db, planned, {use.number: use.id for use in uses})
    exam_session.seating_seed = seed if order == Order.RANDOM else None
    detail = {"order": order, "spread": spread, "seed": exam_session.seating_seed, "count": len(planned)}
    audit.append(db, exam_session.audit_stream, "exam_session.seats_planned", by=by, now=now, **detail)
    return planned


def move(
    db: Session,
    exam_session_id: UUID,
    enrolment_id: UUID,
    session_room_id: UUID,
    seat_number: int,
    *,
    reason: str,
    by: Identity,
    now: datetime,
) -> Enrolment:
    """Give one person another free seat, also after publication, and return the enrolment.

    Who cannot read the paper yet gets the parallel form of the new seat, so that neighbours still differ.
    Raises NotFound, SeatsLocked, SittingOver, NoSuchSeat, SeatTaken.
    """
    finding.held_of(db, exam_session_id, {enrolment_id})
    exam_session = get_locked(db, ExamSession, exam_session_id)
    if exam_session.state not in (ExamSessionState.DRAFT, ExamSessionState.PUBLISHED):
        raise SeatsLocked(state=exam_session.state)
    enrolment = get_locked(db, Enrolment, enrolment_id)
    if enrolment.exam_session_id != exam_session_id:
        raise NotFound(thing="enrolment")
    if enrolment.sitting.state.is_over:
        raise SittingOver
    use = using.session_room_in(db, exam_session_id, session_room_id)
    _check_free(db, use, seat_number, enrolment)
    before = enrolment.seat_label
    enrolment.session_room, enrolment.seat_number = use, seat_number
    _deal_again(db, exam_session, enrolment)
    detail = {"enrolment": enrolment_id, "before": before, "after": enrolment.seat_label, "reason": reason}
    audit.append(db, exam_session.audit_stream, "candidate.moved", by=by, now=now, **detail)
    signals.seat_changed.send(enrolment, db=db, now=now)
    return enrolment


def _check_free(db: Session, use: SessionRoom, seat_number: int, enrolment: Enrolment) -> None:
    if not 1 <= seat_number <= use.capacity:
        raise NoSuchSeat(room=use.name, capacity=use.capacity)
    taken = select(Enrolment.id).filter_by(session_room_id=use.id, seat_number=seat_number)
    if db.scalar(taken.where(Enrolment.id != enrolment.id)):
        raise SeatTaken(seat=f"{use.number:02}-{seat_number:02}")


def _deal_again(db: Session, exam_session: ExamSession, enrolment: Enrolment) -> None:
    goes_by_seat = exam_session.draw is not None and exam_session.draw.kind == DrawKind.PARALLEL
    if exam_session.state == ExamSessionState.PUBLISHED and goes_by_seat and enrolment.sitting.seen_at is None:
        dealing.give_papers(db, exam_session, [enrolment.sitting])


def _counts(db: Session, exam_session_id: UUID) -> dict[UUID | None, int]:
    query = select(Enrolment.session_room_id, func.count()).filter_by(exam_session_id=exam_session_id)
    return dict(db.execute(query.group_by(Enrolment.session_room_id)).all())


def _lowest_free(db: Session, use: SessionRoom) -> int:
    taken = set(db.scalars(select(Enrolment.seat_number).filter_by(session_room_id=use.id)))
    return next(seat for seat in range(1, use.capacity + 1) if seat not in taken)


def _by_ticket(db: Session, exam_session_id: UUID) -> Sequence[UUID]:
    query = select(Enrolment.id).filter_by(exam_session_id=exam_session_id).order_by(Enrolment.ticket_number)
    return db.scalars(query).all()


def granted_apart(db: Session, exam_session_id: UUID) -> Sequence[UUID]:
    """Return the enrolments whose accommodations say a separate room."""
    query = select(Enrolment.id).join(Enrolment.sitting).where(Sitting.separate_room.is_(True))
    return db.scalars(query.where(Enrolment.exam_session_id == exam_session_id)).all()


def _reseat(db: Session, planned: Mapping[UUID, Seat], rooms: Mapping[int, UUID]) -> None:
    """Write the seats in two steps, as no two people may have one seat in between."""
    away = [{"id": one, "session_room_id": None, "seat_number": -place} for place, one in enumerate(planned, start=1)]
    there = [
        {"id": one, "session_room_id": rooms[seat.room], "seat_number": seat.seat} for one, seat in planned.items()
    ]
    for rows in (away, there):
        if rows:
            db.execute(update(Enrolment), rows)
    db.expire_all()  # what was read before is not what is stored now
