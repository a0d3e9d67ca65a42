"""Practical tasks and the criteria they are scored by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.identity import Identity
from questionbank.errors import BadPracticalTask
from questionbank.kinds import CriterionKind
from questionbank.models import Criterion, PracticalTask

FULL_MARKS = 100_00
AWARDING = (CriterionKind.MEASUREMENT, CriterionKind.JUDGEMENT)


@dataclass(frozen=True)
class CriterionPlan:
    """A criterion as it is written: `values` are [{"value": hundredths, "text"}], ascending."""

    kind: CriterionKind
    text: str
    guidance: str
    values: Sequence[dict[str, Any]]

    @property
    def most(self) -> int:
        return max(int(step["value"]) for step in self.values)


def add_practical_task(
    db: Session,
    bank_id: UUID,
    code: str,
    *,
    work_task_id: UUID,
    title: str,
    brief: str,
    minutes: int,
    criteria: Sequence[CriterionPlan],
    by: Identity,
    now: datetime,
) -> PracticalTask:
    """Add a practical task and return it; raises BadPracticalTask unless awarded points make exactly 100."""
    total = sum(plan.most for plan in criteria if plan.kind in AWARDING)
    if total != FULL_MARKS:
        raise BadPracticalTask(reason=f"its criteria award {total / 100:g} points, not 100")
    task = PracticalTask(
        bank_id=bank_id,
        work_task_id=work_task_id,
        code=code,
        title=title,
        brief=brief,
        minutes=minutes,
        created_at=now,
        criteria=[_criterion(number, plan) for number, plan in enumerate(criteria, start=1)],
    )
    db.add(task)
    db.flush()
    audit.append(db, f"practical-task:{task.id}", "practical_task.added", by=by, now=now, code=code)
    return task


def _criterion(number: int, plan: CriterionPlan) -> Criterion:
    return Criterion(
        number=number,
        kind=plan.kind,
        text=plan.text,
        guidance=plan.guidance,
        most=plan.most,
        values=list(plan.values),
    )
