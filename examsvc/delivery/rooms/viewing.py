"""An exam session's rooms and seats as the office reads them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from examsvc.core.db import get
from examsvc.delivery import enrolling
from examsvc.delivery.models import Enrolment, ExamSession, SessionRoom
from examsvc.delivery.rooms import using
from examsvc.delivery.states import ExamSessionState
from examsvc.registry.applications.models import Centre, CentreState, Room


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
    query = (
        select(Room)
        .join(Room.centre)
        .where(Centre.organisation_id == exam_session.filing.organisation_id, Centre.state != CentreState.REFUSED)
        .where(Room.removed_at.is_(None), Centre.removed_at.is_(None), Room.id.not_in(used))
        .options(joinedload(Room.centre))
        .order_by(Centre.name, Room.name, Room.id)
    )
    busy = _busy(db, exam_session)
    return [{**_facts(room), "used_by": busy.get(room.id)} for room in db.scalars(query)]


def _busy(db: Session, exam_session: ExamSession) -> dict[UUID, str]:
    query = (
        select(SessionRoom.room_id, ExamSession.code)
        .join(SessionRoom.exam_session)
        .where(ExamSession.state == ExamSessionState.PUBLISHED, ExamSession.id != exam_session.id)
        .where(ExamSession.starts_at < exam_session.ends_at, ExamSession.ends_at > exam_session.starts_at)
    )
    return dict(db.execute(query).all())
