"""Which paper a sitting had: the one place that scoring asks."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.delivery.models import ExamSession, Sitting


def paper_id_of(sitting: Sitting) -> UUID | None:
    """Return the id of the paper that the sitting was given."""
    return sitting.enrolment.exam_session.paper_id


def paper_ids_of(_db: Session, exam_session: ExamSession) -> Collection[UUID]:
    """Return the ids of all papers that sittings of the exam session are given."""
    return [exam_session.paper_id] if exam_session.paper_id else []
