"""Stating which condition of application somebody meets who is enrolled already."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get_locked
from examsvc.core.identity import Identity
from examsvc.delivery import conditions, enrolling
from examsvc.delivery.models import Enrolment, ExamSession


def state(
    db: Session, exam_session_id: UUID, enrolment_id: UUID, number: int, *, by: Identity, now: datetime
) -> Enrolment:
    """Put on record which condition an enrolled candidate meets, also instead of another one; return the enrolment.

    Raises NotFound, EnrolmentClosed, ConditionUnknown.
    """
    exam_session = get_locked(db, ExamSession, exam_session_id)
    enrolling.check_open(exam_session, now)
    enrolment = enrolling.enrolment_in(db, exam_session_id, enrolment_id)
    put_down(db, enrolment, number, by=by, now=now)
    return enrolment


def put_down(db: Session, enrolment: Enrolment, number: int, *, by: Identity, now: datetime) -> None:
    """Put it on record, before and after; a repeat changes nothing. Raises ConditionUnknown."""
    exam_session, before = enrolment.exam_session, enrolment.condition_number
    enrolment.condition = conditions.numbered(exam_session, number)
    if number != before:
        detail = {"enrolment": enrolment.id, "condition": number, "before": before}
        audit.append(db, exam_session.audit_stream, "candidate.condition_stated", by=by, now=now, **detail)
