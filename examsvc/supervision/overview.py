"""What supervision sees of every exam session: how many of what, counted by the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, joinedload

from certificates.models import Certificate, Decision
from examsvc.delivery.models import Enrolment, ExamSession, Sitting
from examsvc.delivery.states import SittingState
from examsvc.registry.models import Filing
from proctoring.models import Incident
from proctoring.states import IncidentState
from scoring.models import Result, ScoreSheet
from scoring.states import ResultState, SheetState

PAGE_SIZE = 50


@dataclass(frozen=True)
class Counts:
    """Whole numbers of one exam session."""

    enrolled: int = 0
    present: int = 0
    handed_in: int = 0
    incidents: int = 0
    incidents_open: int = 0
    sheets: int = 0
    sheets_signed: int = 0
    results: int = 0
    results_waiting: int = 0
    certificates: int = 0


def sessions(db: Session, *, page: int) -> dict[str, Any]:
    """Return a page of all exam sessions but rehearsals, the latest start first, each with its counts."""
    total = db.scalar(select(func.count()).select_from(ExamSession).where(~ExamSession.is_rehearsal)) or 0
    query = (
        select(ExamSession)
        .where(~ExamSession.is_rehearsal)
        .options(joinedload(ExamSession.filing).joinedload(Filing.organisation))
        .order_by(ExamSession.starts_at.desc(), ExamSession.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    found = list(db.scalars(query))
    counts = counts_of(db, [row.id for row in found])
    lines = [{"exam_session": row, "counts": counts[row.id]} for row in found]
    return {"items": lines, "total": total, "page": page, "page_size": PAGE_SIZE}


def counts_of(db: Session, ids: Sequence[UUID]) -> Mapping[UUID, Counts]:
    """Return the counts of each of the exam sessions, with one query for each kind of thing."""
    numbers: dict[UUID, dict[str, int]] = {key: {} for key in ids}
    for names, query in _queries():
        for row in db.execute(query.where(Enrolment.exam_session_id.in_(ids)).group_by(Enrolment.exam_session_id)):
            numbers[row[0]] |= dict(zip(names, row[1:], strict=True))
    return {key: Counts(**values) for key, values in numbers.items()}


def _queries() -> list[tuple[tuple[str, ...], Select[*tuple[Any, ...]]]]:
    came = _number(Sitting.state.not_in([SittingState.EXPECTED, SittingState.ABSENT]))
    handed_in = _number(Sitting.state == SittingState.HANDED_IN)
    by_sitting = _per_session(came, handed_in).join(Sitting, Sitting.enrolment_id == Enrolment.id)
    incidents = _per_session(_number(Incident.state == IncidentState.OPEN)).join(Sitting).join(Incident)
    signed = _number(ScoreSheet.state == SheetState.SIGNED)
    waiting = _number(Result.state == ResultState.READY)
    complete = Result.state != ResultState.INCOMPLETE
    issued = _per_session().join(Result, Result.enrolment_id == Enrolment.id).join(Decision).join(Certificate)
    return [
        (("enrolled", "present", "handed_in"), by_sitting),
        (("incidents", "incidents_open"), incidents),
        (("sheets", "sheets_signed"), _per_session(signed).join(ScoreSheet)),
        (("results", "results_waiting"), _per_session(waiting).join(Result).where(complete)),
        (("certificates",), issued),
    ]


def _per_session(*numbers: ColumnElement[int]) -> Select[*tuple[Any, ...]]:
    return select(Enrolment.exam_session_id, func.count(), *numbers).select_from(Enrolment)


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)
