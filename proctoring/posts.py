"""A proctor's own post: in which rooms of an exam session the caller acts. Looking is for all who watch it.

Who serves in a room acts there; chief proctors, and who serves in no room, act everywhere.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.identity import Identity
from examsvc.delivery import faults, withholding
from examsvc.delivery.models import ExamSession, SessionRoom, Sitting
from examsvc.delivery.staffing import lawfulness
from proctoring import membership
from proctoring.errors import NotYourRoom


def post(db: Session, exam_session_id: UUID, *, by: Identity) -> dict[str, Any]:
    """Return the caller's post in a watched exam session, and what stands against the session; raises NotFound.

    Chiefs are told all of it, others that nobody begins and what its staff lacks: a declared relation is not
    everybody's to read.
    """
    exam_session = membership.watched_session(db, exam_session_id, by=by)
    is_chief = membership.is_chief(db, exam_session_id, by=by)
    return {
        "is_chief": is_chief,
        "room": only_room(db, exam_session_id, by=by),
        "faults": faults.of(db, exam_session) if is_chief else _told_to_all(db, exam_session),
    }


def _told_to_all(db: Session, exam_session: ExamSession) -> list[dict[str, Any]]:
    withheld = [refusal.answer() for refusal in withholding.withheld(exam_session)]
    return [*withheld, *lawfulness.missing(db, exam_session)]


def allow_papers(db: Session, exam_session_id: UUID, *, reason: str, by: Identity, now: datetime) -> dict[str, Any]:
    """Let candidates begin although a question became known outside, and return the chief proctor's post.

    Raises NotFound, NotAChief, NothingWithheld.
    """
    membership.check_chief(db, exam_session_id, by=by)
    withholding.allow(db, exam_session_id, reason=reason, by=by, now=now)
    return post(db, exam_session_id, by=by)


def only_room(db: Session, exam_session_id: UUID, *, by: Identity) -> SessionRoom | None:
    """Return the one room that the caller acts in, or None for whoever acts everywhere."""
    own = membership.assignment(db, exam_session_id, by=by)
    return None if own is None or own.is_chief else own.session_room


def acts_in(db: Session, exam_session_id: UUID, session_room_id: UUID | None, *, by: Identity) -> bool:
    """Return whether the caller acts in the room; None stands for all rooms, or for a seat that is in none."""
    room = only_room(db, exam_session_id, by=by)
    return room is None or room.id == session_room_id


def check(db: Session, exam_session_id: UUID, session_room_id: UUID | None, *, by: Identity) -> None:
    """Raise NotYourRoom unless the caller acts in the room, as `acts_in` says."""
    room = only_room(db, exam_session_id, by=by)
    if room is not None and room.id != session_room_id:
        raise NotYourRoom(room=room.name)


def sitting_to_act_on(db: Session, sitting_id: UUID, *, by: Identity) -> Sitting:
    """Return a sitting in a room that the caller acts in; raises NotFound, NotYourRoom."""
    sitting = membership.watched_sitting(db, sitting_id, by=by)
    check(db, sitting.enrolment.exam_session_id, sitting.enrolment.session_room_id, by=by)
    return sitting
