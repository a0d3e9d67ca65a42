"""An exam session's staffing as the office reads it: what each room needs and has, and what is not lawful."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.db import get
from examsvc.delivery.models import ExamSession
from examsvc.delivery.rooms import using
from examsvc.delivery.staffing import declaring, lawfulness, rules, supervising
from examsvc.delivery.staffing.reading import staffing_of


def overview(db: Session, exam_session_id: UUID) -> dict[str, Any]:
    """Return rooms, inner supervisors, declared relations and every refusal that publishing would meet.

    Raises NotFound.
    """
    exam_session = get(db, ExamSession, exam_session_id)
    staffing = staffing_of(db, exam_session)
    ids = {one.number: one.id for one in using.rooms_of(db, exam_session_id)}
    return {
        "rooms": [
            {
                "session_room_id": ids[room.number],
                **vars(room),
                "needed": rules.needed_proctors(room.candidates),
                "present": rules.proctors_in(staffing, room),
            }
            for room in staffing.rooms
        ],
        "supervisors": supervising.supervisors(db, exam_session_id),
        "relations": declaring.relations(db, exam_session_id),
        "faults": lawfulness.faults(exam_session, staffing),
    }
