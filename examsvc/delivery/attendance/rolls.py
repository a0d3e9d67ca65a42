"""A room's roll as it is shown at its door: every seat with who belongs there and whether they came."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, defer, joinedload

from examsvc.accounts.models import Account
from examsvc.core.db import only
from examsvc.delivery import identity_numbers
from examsvc.delivery.attendance import absences
from examsvc.delivery.attendance.states import DoorEvent, Presence
from examsvc.delivery.errors import TicketUnknown, WrongRoom
from examsvc.delivery.identity_documents import DocumentType
from examsvc.delivery.models import Candidate, DoorRecord, Enrolment, ExamSession, SessionRoom, Sitting, StationDraw
from examsvc.delivery.rooms import using
from examsvc.delivery.states import SittingState


def presence(sitting: Sitting, last: DoorRecord | None) -> Presence:
    """Return how the sitting looks from the door, with what last happened there."""
    if sitting.state == SittingState.ABSENT:
        return Presence.ABSENT
    if sitting.checked_in_at is not None:
        return Presence.CHECKED_IN
    if sitting.entered_at is not None or sitting.state == SittingState.HANDED_IN:
        return Presence.ENTERED
    if sitting.state == SittingState.TERMINATED or (last is not None and last.event == DoorEvent.TURNED_AWAY):
        return Presence.TURNED_AWAY
    return Presence.ENTERED if sitting.identity_confirmed_at is not None else Presence.MISSING


def rooms(db: Session, exam_session_id: UUID) -> list[dict[str, Any]]:
    """Return the exam session's rooms by number, each with how many candidates are how present."""
    uses = using.rooms_of(db, exam_session_id)
    sittings = _sittings(db, [use.id for use in uses])
    last = _last_records(db, sittings)
    counts = Counter((one.enrolment.session_room_id, presence(one, last.get(one.id))) for one in sittings)
    return [
        {
            **_place(use),
            "counts": {one: counts[use.id, one] for one in Presence},
            "absence_confirmed_at": use.absence_confirmed_at,
        }
        for use in uses
    ]


def roll(db: Session, exam_session_id: UUID, session_room_id: UUID, *, now: datetime) -> dict[str, Any]:
    """Return the room with every seat in it by number; raises NotFound."""
    use = using.session_room_in(db, exam_session_id, session_room_id)
    sittings = _sittings(db, [use.id])
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
    """Return the sitting that the ticket is for; raises TicketUnknown, WrongRoom."""
    found = only(db, Enrolment, exam_session_id=exam_session.id, ticket_number=ticket_number)
    if found is None:
        raise TicketUnknown
    if found.session_room is None or found.session_room_id != use.id:
        room = found.session_room.name if found.session_room else "-"
        raise WrongRoom(room=room, seat=found.seat_label)
    return found.sitting.id


def _place(use: SessionRoom) -> dict[str, Any]:
    return {"session_room_id": use.id, "number": use.number, "name": use.name, "kind": use.room.kind}


def _sittings(db: Session, session_room_ids: Sequence[UUID]) -> Sequence[Sitting]:
    enrolment = contains_eager(Sitting.enrolment)
    query = (
        select(Sitting)
        .join(Sitting.enrolment)
        .join(Enrolment.candidate)
        .join(Enrolment.exam_session)
        .where(Enrolment.session_room_id.in_(session_room_ids))
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
        "presence": presence(sitting, last),
        "may_be_absent": absences.may_be_marked(sitting, now),
        "has_entered": sitting.entered_at is not None,
        "station": station,
        "last": last,
    }


def _person(candidate: Candidate) -> dict[str, Any]:
    number = identity_numbers.unseal(candidate.identity_sealed)
    return {
        "name": candidate.name,
        "has_photo": candidate.photo_digest is not None,
        "document_type": DocumentType(candidate.document_type),
        "identity_masked": identity_numbers.masked(number),
    }
