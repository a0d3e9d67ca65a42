"""Nobody sits two exams at once: who is enrolled in exam sessions whose windows overlap.

Drafts count like what is published, cancelled sessions and rehearsals do not. Windows are compared, not clocks: within
an open window one may begin at any time, and two machines could sit for one person.
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from examsvc.core.db import WRITERS_WAIT
from examsvc.delivery.errors import CandidateSitsElsewhere
from examsvc.delivery.models import Candidate, Enrolment, ExamSession
from examsvc.delivery.states import ExamSessionState


def check(db: Session, exam_session: ExamSession, candidate: Candidate) -> None:
    """Raise CandidateSitsElsewhere when the candidate is enrolled in another exam session of the same time."""
    for refusal in _refusals(db, exam_session, _elsewhere(exam_session).where(Candidate.id == candidate.id).limit(1)):
        raise refusal


def conflicts(db: Session, exam_session: ExamSession) -> list[CandidateSitsElsewhere]:
    """Return a refusal for each of the exam session's candidates who is enrolled in another of the same time."""
    own = aliased(Enrolment)
    query = _elsewhere(exam_session).join(own, own.candidate_id == Candidate.id)
    return _refusals(db, exam_session, query.where(own.exam_session_id == exam_session.id))


def check_everybody(db: Session, exam_session: ExamSession, *, known: Collection[dict[str, Any]] = ()) -> None:
    """Raise the first of `conflicts`, with the candidates locked until the end.

    Those `known`, as they were answered, are left out: whoever did not bring them about is not stopped by them.
    """
    hold(db, select(Enrolment.candidate_id).filter_by(exam_session_id=exam_session.id))
    for refusal in conflicts(db, exam_session):
        if refusal.answer() not in known:
            raise refusal


def hold(db: Session, candidate_ids: Sequence[UUID] | Select[UUID]) -> None:
    """Lock candidates until the end, always in the same order: nobody is enrolled in two sessions at one moment."""
    query = select(Candidate.id).where(Candidate.id.in_(candidate_ids)).order_by(Candidate.id)
    db.execute(query.with_for_update(of=Candidate, **WRITERS_WAIT)).all()


def _refusals(db: Session, exam_session: ExamSession, query: Select[str, str]) -> list[CandidateSitsElsewhere]:
    if exam_session.is_rehearsal:
        return []
    return [CandidateSitsElsewhere(name=name, exam_session=code) for name, code in db.execute(query)]


def _elsewhere(exam_session: ExamSession) -> Select[str, str]:
    return (
        select(Candidate.name, ExamSession.code)
        .join(Enrolment, Enrolment.candidate_id == Candidate.id)
        .join(ExamSession, ExamSession.id == Enrolment.exam_session_id)
        .where(exam_session.others_at_its_time())
        .where(ExamSession.state != ExamSessionState.CANCELLED, ~ExamSession.is_rehearsal)
        .order_by(ExamSession.starts_at, ExamSession.code, Candidate.id)
    )
