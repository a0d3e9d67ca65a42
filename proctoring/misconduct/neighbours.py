"""Staff next door: whoever proctors another exam session at the same site on the same day.

人社部令第31号 十六 asks for two of the staff of the assessment, not of one session: where a session has one proctor at
hand, one of the next is called.
"""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.clock import shanghai_date
from examsvc.core.identity import Identity
from examsvc.delivery.models import ExamSession, ProctorAssignment, SessionRoom
from examsvc.delivery.states import ExamSessionState
from examsvc.registry.applications.models import Room

HELD = (ExamSessionState.PUBLISHED, ExamSessionState.CLOSED)


def sessions(db: Session, *, by: Identity) -> set[UUID]:
    """Return the exam sessions that share site 考点 and day with one that the caller proctors, those apart."""
    if by.account_id is None:
        return set()
    query = (
        select(ExamSession.id, ExamSession.starts_at, Room.centre_id, ProctorAssignment.account_id)
        .join(SessionRoom, SessionRoom.exam_session_id == ExamSession.id)
        .join(Room, Room.id == SessionRoom.room_id)
        .outerjoin(
            ProctorAssignment,
            (ProctorAssignment.exam_session_id == ExamSession.id) & (ProctorAssignment.account_id == by.account_id),
        )
        .where(ExamSession.state.in_(HELD), ExamSession.is_rehearsal.is_(False))
    )
    own_sites = query.where(ProctorAssignment.account_id.is_not(None)).distinct()
    here = {(site, shanghai_date(at)) for _, at, site, _ in db.execute(own_sites)}
    others = query.where(ProctorAssignment.account_id.is_(None), Room.centre_id.in_({site for site, _ in here}))
    return {key for key, at, site, _ in db.execute(others) if (site, shanghai_date(at)) in here}


def is_next_door(db: Session, exam_session_id: UUID, *, by: Identity) -> bool:
    """Return whether the caller proctors another exam session at the same site on the same day."""
    return exam_session_id in sessions(db, by=by)
