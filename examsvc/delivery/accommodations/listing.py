"""What was decided in an exam session, as the office reads it."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from examsvc.core.db import get
from examsvc.delivery.models import Accommodation, AccommodationGroup, ExamSession


def of_session(db: Session, exam_session_id: UUID) -> dict[str, Any]:
    """Return the decisions, the latest first, and the groups by name with their members; raises NotFound."""
    get(db, ExamSession, exam_session_id)
    decided = select(Accommodation).filter_by(exam_session_id=exam_session_id)
    grouped = select(AccommodationGroup).filter_by(exam_session_id=exam_session_id)
    groups = db.scalars(grouped.options(selectinload(AccommodationGroup.members)).order_by(AccommodationGroup.name))
    return {
        "items": list(db.scalars(decided.order_by(Accommodation.decided_at.desc(), Accommodation.id))),
        "groups": [
            {"id": one.id, "name": one.name, "members": [member.enrolment_id for member in one.members]}
            for one in groups
        ],
    }
