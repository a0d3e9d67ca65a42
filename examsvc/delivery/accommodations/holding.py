"""Locking what a decision on accommodations changes: sittings, then their exam session, as everybody does."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.db import get, get_locked
from examsvc.delivery import finding
from examsvc.delivery.errors import EnrolmentClosed
from examsvc.delivery.models import ExamSession
from examsvc.delivery.states import ExamSessionState


def for_one(db: Session, exam_session_id: UUID, enrolment_id: UUID) -> ExamSession:
    """Return the exam session while accommodations may be decided, locked, with one candidate's sitting.

    Raises NotFound, EnrolmentClosed.
    """
    finding.held_of(db, exam_session_id, [enrolment_id])
    return _open(db, exam_session_id)


def for_many(db: Session, exam_session_id: UUID, about: Collection[UUID] | None) -> ExamSession:
    """Return the exam session while accommodations may be decided, locked.

    A draft with the sittings of the enrolments in `about`, None for all, since they follow at once. Later they follow
    in portions, and none is held. Raises NotFound, EnrolmentClosed.
    """
    if get(db, ExamSession, exam_session_id).state == ExamSessionState.DRAFT:
        finding.held_of(db, exam_session_id, about)
    return _open(db, exam_session_id)


def _open(db: Session, exam_session_id: UUID) -> ExamSession:
    exam_session = get_locked(db, ExamSession, exam_session_id)
    if exam_session.state not in (ExamSessionState.DRAFT, ExamSessionState.PUBLISHED):
        raise EnrolmentClosed(state=exam_session.state)
    return exam_session
