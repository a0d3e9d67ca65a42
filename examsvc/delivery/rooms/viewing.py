"""An exam session's rooms and seats as the office reads them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.db import get
from examsvc.delivery import enrolling
from examsvc.delivery.models import Enrolment, ExamSession, SessionRoom
from examsvc.delivery.rooms import offering, using
from examsvc.delivery.rooms.proposing import Proposal
from examsvc.delivery.states import ExamSessionState
from examsvc.registry.applications.models import Room


def seat_plan(db: Session, exam_session_id: UUID) -> dict[str, Any]:
    """Return the rooms with who sits in them, who has no seat, and the rooms that could be used; raises NotFound."""
    exam_session = get(db, ExamSession, exam_session_id)
    enrolments = enrolling.enrolments_of(db, exam_session_id)
    uses = using.rooms_of(db, exam_session_id)
    return {
        "state": exam_session.state,
        "seed": exam_session.seating_seed,
        "enrolled": len(enrolments),
        "seats": sum(use.capacity for use in uses),
        "rooms": [_room(use, [one for one in enrolments if one.session_room_id == use.id]) for use in uses],
        "unplaced": [one for one in enrolments if one.session_room_id is None],
        "choices": _choices(db, exam_session, {use.room_id for use in uses}),
    }


def proposal(proposed: Proposal) -> dict[str, Any]:
    """Return the rooms that are used already and those that would be added, with all their seats together."""
    return {
        "enrolled": proposed.enrolled,
        "apart": proposed.apart,
        "kept": len(proposed.kept),
        "seats": proposed.seats,
        "rooms": [
            {**_facts(one.room), "capacity": one.capacity, "is_separate": one.is_separate} for one in proposed.rooms
        ],
    }


def _room(use: SessionRoom, placed: Sequence[Enrolment]) -> dict[str, Any]:
    return {**_facts(use.room), **{name: getattr(use, name) for name in _OWN}, "placed": placed}


_OWN = ("id", "number", "capacity", "is_separate")


def _facts(room: Room) -> dict[str, Any]:
    return {
        "room_id": room.id,
        "name": room.name,
        "kind": room.kind,
        "seats": room.seats,
        "has_video": room.has_video,
        "is_open": room.removed_at is None,
        "centre": room.centre.name,
        "address": room.centre.address,
    }


def _choices(db: Session, exam_session: ExamSession, used: set[UUID]) -> list[dict[str, Any]]:
    """Return the organisation's other rooms in use, each with the published session that has it at the time."""
    busy = offering.busy(db, exam_session, ExamSessionState.PUBLISHED)
    rooms = db.scalars(offering.open_rooms(exam_session, used))
    return [{**_facts(room), "centre_id": room.centre_id, "used_by": busy.get(room.id)} for room in rooms]
