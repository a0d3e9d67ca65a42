"""Commands of a proctor: given once, to one sitting, a room or all, shown by the candidates' pages, receipted."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from examsvc.core import ids
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery.models import Enrolment, SessionRoom, Sitting
from proctoring import applying, carrying_out, membership, orders, posts, reaching, telling
from proctoring.errors import CommandDiffers
from proctoring.models import Command
from proctoring.orders import Order
from proctoring.states import CommandKind, Outcome


def give(db: Session, exam_session_id: UUID, order: Order, *, by: Identity, now: datetime) -> Command:
    """Give the command and return it; a repeat returns the first one and changes nothing.

    For one sitting it is applied, after what still waits for it, and a refusal of delivery stands. For many it is
    stored: `carrying_out` applies it once this is committed, and leaves out those it cannot be applied to.
    Raises NotFound, ReasonMissing, SecondsMissing, OneSittingOnly, NotYourRoom, CommandDiffers, SittingOver,
    IllegalTransition.
    """
    membership.watched_session(db, exam_session_id, by=by)
    known = db.get(Command, order.id)
    if known is not None:
        return _same(known, exam_session_id, order, by)
    orders.check(order)
    posts.check(db, exam_session_id, _room_meant(db, exam_session_id, order), by=by)
    try:
        with db.begin_nested():
            command = _written(db, exam_session_id, order, by, now)
    except IntegrityError:  # the same page sent it twice at once
        return _same(db.get_one(Command, order.id), exam_session_id, order, by)
    if order.sitting_id is None:
        carrying_out.begin(db, command, by=by, now=now)
    else:
        _apply_alone(db, command, order.sitting_id, by, now)
    return command


def given(db: Session, exam_session_id: UUID, command_id: UUID, *, by: Identity) -> Command:
    """Return a command of an exam session the caller watches; raises NotFound."""
    membership.watched_session(db, exam_session_id, by=by)
    command = db.get(Command, command_id)
    if command is None or command.exam_session_id != exam_session_id:
        raise NotFound(thing="command")
    return command


def relay(
    db: Session, sittings: Sequence[Sitting], kind: CommandKind, text: str, *, by: Identity, now: datetime
) -> None:
    """Show the sittings' pages what the office decided, as a command that they acknowledge."""
    for sitting in sittings:
        order = Order(ids.new_id(), kind, sitting.id, text=text)
        telling.tell(db, _written(db, sitting.enrolment.exam_session_id, order, by, now), sitting, now)


def announce(
    db: Session, exam_session_id: UUID, sittings: Iterable[Sitting], told: Order, *, by: Identity, now: datetime
) -> None:
    """Show the sittings' pages one command that follows from what was decided for all of them."""
    command = _written(db, exam_session_id, told, by, now)
    for sitting in sittings:
        telling.tell(db, command, sitting, now)


def _same(given: Command, exam_session_id: UUID, order: Order, by: Identity) -> Command:
    is_same = all(getattr(given, name) == value for name, value in vars(order).items())
    if not is_same or (given.exam_session_id, given.by_account_id) != (exam_session_id, by.account_id):
        raise CommandDiffers
    return given


def _room_meant(db: Session, exam_session_id: UUID, order: Order) -> UUID | None:
    """Return the one room that the order is for, or None when it is for all; raises NotFound."""
    if order.sitting_id is not None:
        return _seat_room(db, exam_session_id, order)
    if order.session_room_id is not None:
        room = db.get(SessionRoom, order.session_room_id)
        if room is None or room.exam_session_id != exam_session_id:
            raise NotFound(thing="room")
    return order.session_room_id


def _seat_room(db: Session, exam_session_id: UUID, order: Order) -> UUID | None:
    query = select(Enrolment.exam_session_id, Enrolment.session_room_id).join(Sitting)
    seat = db.execute(query.where(Sitting.id == order.sitting_id)).one_or_none()
    if seat is None or seat.exam_session_id != exam_session_id or order.session_room_id is not None:
        raise NotFound(thing="sitting")
    room_id: UUID | None = seat.session_room_id
    return room_id


def _apply_alone(db: Session, command: Command, sitting_id: UUID, by: Identity, now: datetime) -> None:
    carrying_out.catch_up(db, [sitting_id], now=now)
    command.reopened = applying.alone(db, command, sitting_id, by=by, now=now) == Outcome.REOPENED
    reaching.note_reach(db, command, by=by, now=now)


def _written(db: Session, exam_session_id: UUID, order: Order, by: Identity, now: datetime) -> Command:
    command = Command(exam_session_id=exam_session_id, by_account_id=by.account_id, at=now, **vars(order))
    db.add(command)
    db.flush()
    return command
