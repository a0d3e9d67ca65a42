"""Writing practical tasks 操作技能试题, until a paper has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get, get_locked, only
from examsvc.core.identity import Identity
from examsvc.registry.models import WorkTask
from questionbank import criteria
from questionbank.criteria import CriterionPlan
from questionbank.errors import BadPracticalTask, CodeTaken, PracticalTaskInUse
from questionbank.models import Criterion, ItemBank, PaperPracticalTask, PracticalTask


@dataclass(frozen=True)
class TaskPlan:
    """A practical task as it is written; `brief` is the candidate's 考核准备通知单."""

    code: str
    work_task_id: UUID
    title: str
    brief: str
    minutes: int
    criteria: Sequence[CriterionPlan]


def add_practical_task(db: Session, bank_id: UUID, plan: TaskPlan, *, by: Identity, now: datetime) -> PracticalTask:
    """Add a practical task and return it; raises BadPracticalTask, CodeTaken."""
    bank = get_locked(db, ItemBank, bank_id)
    _check(db, bank, plan)
    if only(db, PracticalTask, bank_id=bank_id, code=plan.code):
        raise CodeTaken
    task = PracticalTask(bank_id=bank_id, created_at=now)
    _put(task, plan)
    db.add(task)
    db.flush()
    audit.append(db, f"practical-task:{task.id}", "practical_task.added", by=by, now=now, code=task.code)
    return task


def revise_practical_task(db: Session, task_id: UUID, plan: TaskPlan, *, by: Identity, now: datetime) -> PracticalTask:
    """Change a task that no paper has yet; raises BadPracticalTask, CodeTaken, PracticalTaskInUse."""
    task = get_locked(db, PracticalTask, task_id)
    _check(db, get(db, ItemBank, task.bank_id), plan)
    if db.scalars(select(PaperPracticalTask.paper_id).filter_by(practical_task_id=task_id).limit(1)).first():
        raise PracticalTaskInUse
    other = only(db, PracticalTask, bank_id=task.bank_id, code=plan.code)
    if other and other is not task:
        raise CodeTaken
    task.criteria.clear()
    db.flush()
    _put(task, plan)
    audit.append(db, f"practical-task:{task.id}", "practical_task.revised", by=by, now=now, code=task.code)
    return task


def _check(db: Session, bank: ItemBank, plan: TaskPlan) -> None:
    criteria.check(plan.criteria)
    if get(db, WorkTask, plan.work_task_id).specification_id != bank.specification_id:
        reason = "the work task belongs to another specification"
        raise BadPracticalTask(field="work_task_id", fault="foreign_task", reason=reason)


def _put(task: PracticalTask, plan: TaskPlan) -> None:
    task.code, task.title, task.brief, task.minutes = plan.code, plan.title, plan.brief, plan.minutes
    task.work_task_id = plan.work_task_id
    task.criteria += [_criterion(number, one) for number, one in enumerate(plan.criteria, start=1)]


def _criterion(number: int, plan: CriterionPlan) -> Criterion:
    return Criterion(
        number=number,
        kind=plan.kind,
        text=plan.text,
        guidance=plan.guidance,
        most=plan.most,
        values=list(plan.values),
    )
