"""Which rooms an exam session could use, and which are taken at its time."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from examsvc.delivery.models import ExamSession, SessionRoom
from examsvc.delivery.states import ExamSessionState
from examsvc.registry.applications.models import Centre, CentreState, Room


def open_rooms(exam_session: ExamSession, used: Collection[UUID]) -> Select[Room]:
    """Return the query for the organisation's rooms in use, but those in `used`, by site and name."""
    return (
        select(Room)
        .join(Room.centre)
        .where(Centre.organisation_id == exam_session.filing.organisation_id, Centre.state != CentreState.REFUSED)
        .where(Room.removed_at.is_(None), Centre.removed_at.is_(None), Room.id.not_in(used))
        .options(joinedload(Room.centre))
        .order_by(Centre.name, Room.name, Room.id)
    )


def busy(db: Session, exam_session: ExamSession, *states: ExamSessionState) -> dict[UUID, str]:
    """Return the rooms that other exam sessions in such a state have at the time, with the code of one of them."""
    query = (
        select(SessionRoom.room_id, ExamSession.code)
        .join(SessionRoom.exam_session)
        .where(ExamSession.state.in_(states), exam_session.others_at_its_time())
    )
    return dict(db.execute(query).all())
