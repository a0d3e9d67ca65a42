"""The practical part of a result, valued afresh from the signed sheets' logs of marks."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.delivery.models import Enrolment
from examsvc.registry.models import WorkTask
from questionbank.models import PracticalTask
from scoring import aggregate, sheets
from scoring.aggregate import FULL_MARKS, Component
from scoring.components import Known
from scoring.material import Material
from scoring.models import ScoreSheet
from scoring.sheets import SheetReading
from scoring.states import ComponentKind


def practical_components(db: Session, enrolment: Enrolment, material: Material) -> dict[UUID, Known]:
    """Return the practical components by work task, where all examiners have signed all sheets.

    A signed sheet whose log no longer holds every mark was tampered with: its component is not known.
    """
    tasks, signed = material.practicals[enrolment.exam_session_id], material.signed[enrolment.id]
    whole = {task.work_task for task in tasks} - {task.work_task for task in tasks if task.id not in signed}
    readings = _sheet_readings(db, enrolment) if whole else []
    found = {task.id: _practical_of(task, [one for one in tasks if one.work_task is task], readings) for task in whole}
    return {task_id: known for task_id, known in found.items() if known}


def _sheet_readings(db: Session, enrolment: Enrolment) -> list[SheetReading]:
    query = select(ScoreSheet).filter_by(enrolment_id=enrolment.id).options(sheets.with_task())
    fresh = query.execution_options(populate_existing=True)  # another examiner may have signed since it was loaded
    return sheets.read_all(db, sorted(db.scalars(fresh), key=lambda sheet: sheet.examiner_id))


def _practical_of(
    task: WorkTask, practicals: Sequence[PracticalTask], readings: Sequence[SheetReading]
) -> Known | None:
    means: list[Fraction] = []
    evidence = []
    for practical in practicals:
        mine = [reading for reading in readings if reading.sheet.practical_task_id == practical.id]
        totals = [reading.score.total for reading in mine if reading.score]
        if len(totals) < len(mine):
            return None
        means.append(aggregate.combine(totals))
        evidence.append({"code": practical.code, "mean": str(means[-1]), "sheets": [_sheet(one) for one in mine]})
    component = Component(task.practical_share, aggregate.mean(means), FULL_MARKS)
    policy = str(aggregate.ExaminersPolicy.MEAN)
    return Known(ComponentKind.PRACTICAL, task, component, {"examiners": policy, "practical_tasks": evidence})


def _sheet(reading: SheetReading) -> dict[str, Any]:
    """Return the sheet as evidence: its digest is computed from the marks, not read from the signed row."""
    score = reading.score
    return {
        "sheet": str(reading.sheet.id),
        "examiner": str(reading.sheet.examiner_id),
        "total": score.total if score else None,
        "vetoed": score.vetoed if score else None,
        "digest": reading.digest,
    }
