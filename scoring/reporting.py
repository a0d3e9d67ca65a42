"""Results as the office and the decision maker see them: every examiner's total, the components, the total."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from examsvc.accounts.roles import Role
from examsvc.core.db import get
from examsvc.core.errors import NotAllowed
from examsvc.core.identity import Identity
from examsvc.delivery.models import Enrolment, ExamSession, by_seat
from questionbank.models import PracticalTask
from scoring import aggregate, assigning, sheets, voids
from scoring.aggregate import FULL_MARKS
from scoring.models import Result, ResultVoid, ScoreSheet
from scoring.states import ComponentKind, ResultState, SheetState
from scoring.written import dividing

NAMED = (Role.OFFICE, Role.DECISION_MAKER)
Line = dict[str, Any]


def results(db: Session, exam_session_id: UUID, *, by: Identity) -> list[Line]:
    """Return the exam session's results by seat.

    Raises NotFound; NotAllowed for whoever examines or marks in this session, whatever other role they hold:
    they do not learn one another's totals.
    """
    exam_session = get(db, ExamSession, exam_session_id)
    if assigning.is_examiner_of(db, exam_session_id, by.account_id):
        raise NotAllowed
    if dividing.is_marker_of(db, exam_session_id, by.account_id):
        raise NotAllowed
    tasks = assigning.practical_tasks(db, exam_session)
    found, lines = _sheets(db, exam_session_id), _results(db, exam_session_id)
    standing = _voids(db, lines)
    return [
        _result(result, tasks, found.get(result.enrolment_id, []), named=by.has(*NAMED))
        | {"voids": standing.get(result.id, [])}
        for result in lines
    ]


def _voids(db: Session, results: Iterable[Result]) -> dict[UUID, list[ResultVoid]]:
    grouped: dict[UUID, list[ResultVoid]] = {}
    for each in voids.standing(db, [result.id for result in results if result.state == ResultState.VOID]):
        grouped.setdefault(each.result_id, []).append(each)
    return grouped


def _results(db: Session, exam_session_id: UUID) -> Sequence[Result]:
    enrolment = joinedload(Result.enrolment)
    query = (
        select(Result)
        .join(Enrolment)
        .where(Enrolment.exam_session_id == exam_session_id)
        .options(enrolment.joinedload(Enrolment.candidate), enrolment.joinedload(Enrolment.sitting))
        .order_by(*by_seat())
    )
    return db.scalars(query).all()


def _sheets(db: Session, exam_session_id: UUID) -> dict[UUID, list[ScoreSheet]]:
    query = select(ScoreSheet).join(Enrolment).where(Enrolment.exam_session_id == exam_session_id)
    grouped: dict[UUID, list[ScoreSheet]] = {}
    for sheet in db.scalars(query.options(sheets.with_task(), joinedload(ScoreSheet.examiner))):
        grouped.setdefault(sheet.enrolment_id, []).append(sheet)
    return grouped


def _result(result: Result, tasks: Iterable[PracticalTask], own: Sequence[ScoreSheet], *, named: bool) -> Line:
    enrolment = result.enrolment
    return {
        "result_id": result.id,
        "enrolment_id": enrolment.id,
        "candidate_number": enrolment.seat_label,
        "name": enrolment.candidate.name if named else None,
        "sitting_state": enrolment.sitting.state,
        "theory": _theory(result.breakdown),
        "practicals": [_practical(task, own) for task in tasks],
        "components": [_component(line) for line in result.breakdown],
        "total": result.total,
        "passed": result.passed,
        "state": result.state,
        "digest": result.digest,
    }


def _theory(breakdown: Iterable[Line]) -> int | None:
    """Return the theory part out of 100, in hundredths and rounded for the eye, once it is final."""
    lines = [line for line in breakdown if line["kind"] == ComponentKind.THEORY]
    most = sum(line["most"] for line in lines)
    points = sum((Fraction(line["points"]) for line in lines), Fraction(0))
    return aggregate.rounded(points * FULL_MARKS / most) if most else None


def _practical(task: PracticalTask, candidates_sheets: Sequence[ScoreSheet]) -> Line:
    """Return what each examiner gave once it is signed, and the mean once all have."""
    own = [sheet for sheet in candidates_sheets if sheet.practical_task_id == task.id]
    signed = [sheet.total for sheet in own if sheet.state == SheetState.SIGNED and sheet.total is not None]
    is_whole = bool(own) and len(signed) == len(own)
    return {
        "work_task": task.work_task.number,
        "practical_task": {"code": task.code, "title": task.title},
        "examiners": [
            {"name": sheet.examiner.display_name, "total": sheet.total, "vetoed": sheet.vetoed, "state": sheet.state}
            for sheet in sorted(own, key=lambda sheet: sheet.examiner.display_name)
        ],
        "mean": aggregate.rounded(aggregate.combine(signed)) if is_whole else None,
    }


def _component(line: Line) -> Line:
    """Return a line of the breakdown with rounded hundredths for the eye beside the exact value."""
    return {
        **{name: line[name] for name in ("work_task", "name", "share", "most")},
        "kind": ComponentKind(line["kind"]),
        "points": aggregate.rounded(Fraction(line["points"])),
        "exact_points": line["points"],
        "weighted": aggregate.rounded(Fraction(line["weighted"])),
    }
