"""A room's roll as it is shown at its door: every seat with who belongs there and whether they came."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, false, func, select
from sqlalchemy.orm import Session, contains_eager, defer, joinedload

from examsvc.accounts.models import Account
from examsvc.core.db import only
from examsvc.delivery import identity_numbers
from examsvc.delivery.attendance import absences
from examsvc.delivery.attendance.states import DoorEvent, Presence
from examsvc.delivery.errors import TicketUnknown, TicketWithdrawn, WrongRoom
from examsvc.delivery.identity_documents import DocumentType
from examsvc.delivery.models import (
    Candidate,
    DoorRecord,
    Enrolment,
    ExamSession,
    SessionRoom,
    Sitting,
    StationDraw,
    WithdrawnEnrolment,
)
from examsvc.delivery.rooms import using
from examsvc.delivery.states import SittingState


@dataclass(frozen=True)
class Signs:
    """What is seen of a sitting at the door; `last` is what last happened there."""

    state: SittingState
    is_checked_in: bool
    has_entered: bool
    is_confirmed: bool
    last: DoorEvent | None


def presence(signs: Signs) -> Presence:
    """Return how a sitting looks from the door."""
    if signs.state == SittingState.ABSENT:
        return Presence.ABSENT
    if signs.is_checked_in:
        return Presence.CHECKED_IN
    if signs.has_entered or signs.state == SittingState.HANDED_IN:
        return Presence.ENTERED
    if signs.state == SittingState.TERMINATED or signs.last == DoorEvent.TURNED_AWAY:
        return Presence.TURNED_AWAY
    return Presence.ENTERED if signs.is_confirmed else Presence.MISSING


def rooms(db: Session, exam_session_id: UUID) -> list[dict[str, Any]]:
    """Return the exam session's rooms by number, each with how many candidates are how present."""
    uses = using.rooms_of(db, exam_session_id)
    counts = Counter[tuple[UUID | None, Presence]]()
    for room_id, *signs, count in db.execute(_counted(exam_session_id)):
        counts[room_id, presence(Signs(*signs))] += count
    return [
        {
            **_place(use),
            "counts": {one: counts[use.id, one] for one in Presence},
            "absence_confirmed_at": use.absence_confirmed_at,
        }
        for use in uses
    ]


def _counted(exam_session_id: UUID) -> Select[Any]:
    """Count by rooms and signs in the database: every tablet of a city asks this before the same start."""
    last = select(DoorRecord.event).where(DoorRecord.sitting_id == Sitting.id).correlate(Sitting)
    is_released = Sitting.key_released_at >= ExamSession.starts_at
    signs = (
        select(
            Enrolment.session_room_id,
            Sitting.state,
            Sitting.checked_in_at.is_not(None).label("is_checked_in"),
            func.coalesce(Sitting.opened_at.is_not(None) | is_released, false()).label("has_entered"),
            Sitting.identity_confirmed_at.is_not(None).label("is_confirmed"),
            last.order_by(DoorRecord.at.desc(), DoorRecord.id.desc()).limit(1).scalar_subquery().label("last"),
        )
        .join(Sitting.enrolment)
        .join(Enrolment.exam_session)
        .where(Enrolment.exam_session_id == exam_session_id)
        .subquery()
    )
    return select(*signs.c, func.count()).group_by(*signs.c)


def roll(db: Session, exam_session_id: UUID, session_room_id: UUID, *, now: datetime) -> dict[str, Any]:
    """Return the room with every seat in it by number; raises NotFound."""
    use = using.session_room_in(db, exam_session_id, session_room_id)
    sittings = _sittings(db, use)
    last, stations = _last_records(db, sittings), _stations(db, use)
    confirmed_by = db.get(Account, use.absence_confirmed_by_id) if use.absence_confirmed_by_id else None
    seats = [_seat(one, last.get(one.id), stations.get(one.id), now) for one in sittings]
    counts = Counter(seat["presence"] for seat in seats)
    return {
        **_place(use),
        "counts": {one: counts[one] for one in Presence},
        "starts_at": use.exam_session.starts_at,
        "entry_closes_at": absences.entry_closes_at(use.exam_session),
        "absence_confirmed_at": use.absence_confirmed_at,
        "absence_confirmed_by": confirmed_by.display_name if confirmed_by else None,
        "seats": seats,
    }


def seat_of_ticket(db: Session, exam_session: ExamSession, use: SessionRoom, ticket_number: str) -> UUID:
    """Return the sitting that the ticket is for; raises TicketUnknown, TicketWithdrawn, WrongRoom."""
    ticket = {"exam_session_id": exam_session.id, "ticket_number": ticket_number}
    found = only(db, Enrolment, **ticket)
    if found is None:
        raise TicketWithdrawn if only(db, WithdrawnEnrolment, **ticket) else TicketUnknown
    if found.session_room is None or found.session_room_id != use.id:
        room = found.session_room.name if found.session_room else "-"
        raise WrongRoom(room=room, seat=found.seat_label)
    return found.sitting.id


def _place(use: SessionRoom) -> dict[str, Any]:
    return {"session_room_id": use.id, "number": use.number, "name": use.name, "kind": use.room.kind}


def _sittings(db: Session, use: SessionRoom) -> Sequence[Sitting]:
    enrolment = contains_eager(Sitting.enrolment)
    query = (
        select(Sitting)
        .join(Sitting.enrolment)
        .join(Enrolment.candidate)
        .join(Enrolment.exam_session)
        .where(Enrolment.session_room_id == use.id)
        .order_by(Enrolment.seat_number)
        .options(
            defer(Sitting.arrangement),
            enrolment.contains_eager(Enrolment.candidate),
            enrolment.contains_eager(Enrolment.exam_session),
        )
    )
    return db.scalars(query).all()


def _last_records(db: Session, sittings: Sequence[Sitting]) -> Mapping[UUID, DoorRecord]:
    ids = [sitting.id for sitting in sittings]
    query = select(DoorRecord).where(DoorRecord.sitting_id.in_(ids)).options(joinedload(DoorRecord.by))
    return {one.sitting_id: one for one in db.scalars(query.order_by(DoorRecord.at, DoorRecord.id))}


def _stations(db: Session, use: SessionRoom) -> dict[UUID, int]:
    query = select(StationDraw.sitting_id, StationDraw.station).filter_by(session_room_id=use.id)
    return dict(db.execute(query).all())


def _seat(sitting: Sitting, last: DoorRecord | None, station: int | None, now: datetime) -> dict[str, Any]:
    enrolment = sitting.enrolment
    return {
        "sitting_id": sitting.id,
        "seat_number": enrolment.seat_number,
        "seat_label": enrolment.seat_label,
        "ticket_number": enrolment.ticket_number,
        **_person(enrolment.candidate),
        "presence": presence(_signs(sitting, last)),
        "may_be_absent": absences.may_be_marked(sitting, now),
        "has_entered": sitting.entered_at is not None,
        "station": station,
        "last": last,
    }


def _signs(sitting: Sitting, last: DoorRecord | None) -> Signs:
    return Signs(
        sitting.state,
        sitting.checked_in_at is not None,
        sitting.entered_at is not None,
        sitting.identity_confirmed_at is not None,
        last.event if last else None,
    )


def _person(candidate: Candidate) -> dict[str, Any]:
    number = identity_numbers.unseal(candidate.identity_sealed)
    return {
        "name": candidate.name,
        "has_photo": candidate.photo_digest is not None,
        "document_type": DocumentType(candidate.document_type),
        "identity_masked": identity_numbers.masked(number),
    }
