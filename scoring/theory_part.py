"""The theory part of a result, valued afresh from the log of responses."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.delivery.models import Enrolment, Response, Sitting
from examsvc.registry.models import KnowledgePoint, WorkTask
from questionbank.kinds import ItemType
from questionbank.models import ItemVersion, PaperItem
from scoring import theory
from scoring.aggregate import Component
from scoring.components import Known
from scoring.states import ComponentKind


def theory_components(db: Session, enrolment: Enrolment) -> dict[UUID, Known]:
    """Return the theory components by work task; none before the sitting is over.

    Who never came earns 0 on the evidence ABSENT; who was stopped keeps what was answered until then.
    """
    sitting = enrolment.sitting
    if not sitting.state.is_over:
        return {}
    answers = _last_answers(db, sitting)
    questions = _questions(db, sitting.paper_id)
    asked = {question.work_task_id for question in questions}
    tasks = enrolment.exam_session.filing.specification.work_tasks
    return {task.id: _theory_of(task, questions, answers, sitting) for task in tasks if task.id in asked}


def _last_answers(db: Session, sitting: Sitting) -> dict[str, Any]:
    columns = (Response.epoch, Response.seq, Response.item_ref, Response.answer)
    return theory.last_answers(db.execute(select(*columns).filter_by(sitting_id=sitting.id)))


@dataclass(frozen=True)
class _Question:
    """A question of the paper; plain columns, because a whole room hands in within seconds."""

    ref: str
    points: int
    version_id: UUID
    type: ItemType
    content: dict[str, Any]
    key: dict[str, Any]
    work_task_id: UUID


def _questions(db: Session, paper_id: UUID | None) -> list[_Question]:
    version = ItemVersion
    columns = (PaperItem.ref, PaperItem.points, version.id, version.type, version.content, version.key)
    query = (
        select(*columns, KnowledgePoint.work_task_id)
        .select_from(PaperItem)
        .join(version, PaperItem.item_version_id == version.id)
        .join(KnowledgePoint, version.knowledge_point_id == KnowledgePoint.id)
        .where(PaperItem.paper_id == paper_id)
        .order_by(PaperItem.position)
    )
    return [_Question(*row) for row in db.execute(query)]


def _theory_of(task: WorkTask, questions: Sequence[_Question], answers: dict[str, Any], sitting: Sitting) -> Known:
    mine = [question for question in questions if question.work_task_id == task.id]
    earned = [_earned(question, answers.get(question.ref)) for question in mine]
    component = Component(task.theory_share, sum(earned, Fraction(0)), sum(question.points for question in mine))
    evidence = {
        "sitting": str(sitting.id),
        "state": str(sitting.state),
        "chain_head": sitting.chain_head,
        "multiple_choice": str(theory.MULTIPLE_CHOICE_POLICY),
        "questions": [
            {
                "ref": question.ref,
                "version": str(question.version_id),
                "points": question.points,
                "answered": question.ref in answers,
                "earned": str(points),
            }
            for question, points in zip(mine, earned, strict=True)
        ],
    }
    return Known(ComponentKind.THEORY, task, component, evidence)


def _earned(question: _Question, answer: Any) -> Fraction:
    return theory.score(ItemType(question.type), question.content, question.key, question.points, answer)
