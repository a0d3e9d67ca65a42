"""The programme of exam sessions as the office reads it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from examsvc.core.errors import NotFound
from examsvc.delivery.models import Enrolment, ExamSession, Sitting
from examsvc.registry import service as registry
from examsvc.registry.models import Filing, SchemeSpecification
from questionbank.models import Blueprint, Paper

MOST_PAPERS = 200
_NAMED = (
    joinedload(ExamSession.filing).joinedload(Filing.organisation),
    joinedload(ExamSession.filing).joinedload(Filing.specification).joinedload(SchemeSpecification.scheme),
)


def overview(db: Session) -> list[dict[str, Any]]:
    """Return every exam session with its counts, the latest start first."""
    found = db.scalars(
        select(ExamSession).options(*_NAMED).order_by(ExamSession.starts_at.desc(), ExamSession.code)
    ).all()
    counts = _counts(db, (one.id for one in found))
    return [_described(one, counts.get(one.id, {})) for one in found]


def session(db: Session, exam_session_id: UUID) -> dict[str, Any]:
    """Return the exam session with its counts; raises NotFound."""
    found = db.get(ExamSession, exam_session_id, options=_NAMED, populate_existing=True)
    if found is None:
        raise NotFound(thing="exam session")
    return _described(found, _counts(db, [exam_session_id]).get(exam_session_id, {}))


def _counts(db: Session, exam_session_ids: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
    """Return for each exam session how many sittings are in which state."""
    query = (
        select(Enrolment.exam_session_id, Sitting.state, func.count())
        .join(Sitting.enrolment)
        .where(Enrolment.exam_session_id.in_(list(exam_session_ids)))
        .group_by(Enrolment.exam_session_id, Sitting.state)
    )
    found: dict[UUID, dict[str, int]] = {}
    for exam_session_id, state, count in db.execute(query):
        found.setdefault(exam_session_id, {})[state] = count
    return found


def _described(exam_session: ExamSession, counts: dict[str, int]) -> dict[str, Any]:
    columns = {column.key: getattr(exam_session, column.key) for column in ExamSession.__table__.columns}
    return {**columns, "filing": exam_session.filing, "enrolled": sum(counts.values()), "sittings": counts}


def choices(db: Session) -> dict[str, Any]:
    """Return what an exam session can be made from: all filings, and the latest papers."""
    papers = (
        select(Paper)
        .options(joinedload(Paper.blueprint).joinedload(Blueprint.bank))
        .order_by(Paper.created_at.desc(), Paper.id.desc())
        .limit(MOST_PAPERS)
    )
    return {"filings": registry.all_filings(db), "papers": list(db.scalars(papers))}
