"""A decision maker's desk: where results wait for a decision."""

from typing import Any

from sqlalchemy import case, exists, func, select
from sqlalchemy.orm import Session

from certificates.deciding import HELD
from examsvc.core.identity import Identity
from examsvc.delivery.models import Enrolment, ExaminerAssignment, ExamSession
from scoring.models import Result
from scoring.states import ResultState

MOST = 100


def sessions(db: Session, *, by: Identity) -> list[dict[str, Any]]:
    """Return the held exam sessions with their counts of results, in one query; where most waits comes first.

    `examined` says that the caller examined there, and so neither sees nor decides its results.
    """
    counts = {name: func.sum(case((Result.state == state, 1), else_=0)) for name, state in _COUNTED.items()}
    examined = exists().where(
        ExaminerAssignment.exam_session_id == ExamSession.id, ExaminerAssignment.account_id == by.account_id
    )
    query = (
        select(ExamSession, examined.label("examined"), *(count.label(name) for name, count in counts.items()))
        .join(Enrolment, Enrolment.exam_session_id == ExamSession.id)
        .join(Result, Result.enrolment_id == Enrolment.id)
        .where(ExamSession.state.in_(HELD), ~ExamSession.is_rehearsal)
        .group_by(ExamSession.id)
        .order_by(counts["waiting"].desc(), ExamSession.starts_at.desc(), ExamSession.id)
        .limit(MOST)
    )
    return [_line(*row) for row in db.execute(query)]


_COUNTED = {"waiting": ResultState.READY, "decided": ResultState.PUBLISHED, "incomplete": ResultState.INCOMPLETE}


def _line(exam_session: ExamSession, examined: bool, *counts: int) -> dict[str, Any]:
    return {
        "exam_session_id": exam_session.id,
        "code": exam_session.code,
        "title": exam_session.title,
        "starts_at": exam_session.starts_at,
        "ends_at": exam_session.ends_at,
        "examined": bool(examined),
        **dict(zip(_COUNTED, counts, strict=True)),
    }
