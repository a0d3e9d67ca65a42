"""Reading score sheets: whose they are, what marks count on them, and the digest a signature stands under."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from examsvc.core import canonical
from examsvc.core.db import get, get_locked
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from questionbank.models import PracticalTask
from scoring import aggregate
from scoring.aggregate import SheetTotal
from scoring.models import Mark, ScoreSheet

Marks = Mapping[int, Mark]


@dataclass(frozen=True)
class SheetReading:
    """A sheet with the marks that count, and what they make; `score` and `digest` only once nothing is missing."""

    sheet: ScoreSheet
    marks: Marks
    unmarked: Sequence[int]
    score: SheetTotal | None
    digest: str | None


def own_sheet(db: Session, sheet_id: UUID, *, by: Identity, lock: bool = False) -> ScoreSheet:
    """Return the caller's own sheet; raises NotFound for everybody else's, so that ids cannot be probed."""
    sheet = (get_locked if lock else get)(db, ScoreSheet, sheet_id)
    if sheet.examiner_id != by.account_id:
        raise NotFound(thing="score sheet")
    return sheet


def read(db: Session, sheet: ScoreSheet) -> SheetReading:
    """Return the sheet as its log of marks says now."""
    return read_all(db, [sheet])[0]


def read_all(db: Session, sheets: Sequence[ScoreSheet]) -> list[SheetReading]:
    """Return the sheets as their logs say now, with one query for all marks."""
    ids = [sheet.id for sheet in sheets]
    log = db.scalars(select(Mark).where(Mark.sheet_id.in_(ids)).order_by(Mark.arrival_seq)).all()
    logs: dict[UUID, list[Mark]] = {key: [] for key in ids}
    for mark in log:
        logs[mark.sheet_id].append(mark)
    return [_reading(sheet, current_marks(logs[sheet.id])) for sheet in sheets]


def current_marks(log: Iterable[Mark]) -> Marks:
    """Return the mark that counts for each criterion: the last to arrive; one without a value takes it back."""
    newest = {mark.criterion: mark for mark in sorted(log, key=lambda mark: mark.arrival_seq)}
    return {number: newest[number] for number in sorted(newest) if newest[number].value is not None}


def criteria(task: PracticalTask) -> list[aggregate.Criterion]:
    """Return the task's criteria as the sum sees them."""
    return [
        aggregate.Criterion(one.number, one.kind, aggregate.permitted(one.kind, (step["value"] for step in one.values)))
        for one in task.criteria
    ]


def with_task() -> Any:
    """Return the loader option that brings the sheet's practical task with its criteria."""
    return selectinload(ScoreSheet.practical_task).selectinload(PracticalTask.criteria)


def _reading(sheet: ScoreSheet, marks: Marks) -> SheetReading:
    rules, values = criteria(sheet.practical_task), _values(marks)
    missing = aggregate.unmarked(rules, values)
    if missing:
        return SheetReading(sheet, marks, missing, None, None)
    score = aggregate.sheet_total(rules, values)
    return SheetReading(sheet, marks, missing, score, canonical.digest(_canonical(sheet, marks, score)))


def _values(marks: Marks) -> dict[int, int]:
    return {number: mark.value for number, mark in marks.items() if mark.value is not None}


def _canonical(sheet: ScoreSheet, marks: Marks, score: SheetTotal) -> dict[str, Any]:
    """Return all that the signature stands under: who, for whom, by which criteria, which marks, what they make."""
    task = sheet.practical_task
    return {
        "sheet": sheet.id,
        "enrolment": sheet.enrolment_id,
        "examiner": sheet.examiner_id,
        "practical_task": {"id": task.id, "code": task.code},
        "criteria": [
            {"number": one.number, "kind": str(one.kind), "text": one.text, "values": one.values}
            for one in task.criteria
        ],
        "marks": [
            {"criterion": number, "value": mark.value, "note": mark.note, "event": mark.event_id}
            for number, mark in marks.items()
        ],
        "total": score.total,
        "vetoed": score.vetoed,
    }
