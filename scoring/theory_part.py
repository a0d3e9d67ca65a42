"""The theory part of a result, valued afresh from the log of responses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.delivery.models import Enrolment, Sitting
from examsvc.registry.models import KnowledgePoint, WorkTask
from questionbank.kinds import ItemType
from questionbank.models import ItemVersion, PaperItem
from scoring import theory
from scoring.aggregate import Component
from scoring.components import Known
from scoring.states import ComponentKind
from scoring.written import collecting, valuing
from scoring.written.models import WrittenAnswer
from scoring.written.valuing import Marked, Worth


def theory_components(db: Session, enrolment: Enrolment) -> dict[UUID, Known]:
    """Return the theory components by work task; none before the sitting is over.

    A work task is left out while a written answer to one of its questions is not settled. Who never came earns 0 on
    the evidence ABSENT; who was stopped keeps what was answered until then.
    """
    sitting = enrolment.sitting
    if not sitting.state.is_over:
        return {}
    answers = collecting.answers_of(db, sitting)
    valued = _valued(db, sitting, answers)
    asked = {one.question.work_task_id for one in valued}
    tasks = enrolment.exam_session.filing.specification.work_tasks
    found = {task.id: _theory_of(task, valued, sitting) for task in tasks if task.id in asked}
    return {task_id: known for task_id, known in found.items() if known}


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


@dataclass(frozen=True)
class _Valued:
    """A question of the paper with what its answer is worth; None while people have not settled what was written."""

    question: _Question
    is_answered: bool
    worth: Worth | None


def _valued(db: Session, sitting: Sitting, answers: Mapping[str, Any]) -> list[_Valued]:
    marked = valuing.by_sitting(db, WrittenAnswer.sitting_id == sitting.id).get(sitting.id, {})
    return [
        _Valued(question, question.ref in answers, _worth(question, answers, marked.get(question.ref, {})))
        for question in _questions(db, sitting.paper_id)
    ]


def _worth(question: _Question, answers: Mapping[str, Any], marked: Marked) -> Worth | None:
    kind, answer = ItemType(question.type), answers.get(question.ref)
    return valuing.worth(kind, question.content, question.key, question.points, answer, marked)


def _theory_of(task: WorkTask, valued: Sequence[_Valued], sitting: Sitting) -> Known | None:
    mine = [(one, one.worth) for one in valued if one.question.work_task_id == task.id]
    settled = [(one, worth) for one, worth in mine if worth]
    if len(settled) < len(mine):
        return None
    most = sum(one.question.points for one, _ in settled)
    component = Component(task.theory_share, sum((worth.earned for _, worth in settled), Fraction(0)), most)
    evidence = {
        "sitting": str(sitting.id),
        "state": str(sitting.state),
        "chain_head": sitting.chain_head,
        "multiple_choice": str(theory.MULTIPLE_CHOICE_POLICY),
        "questions": [_evidence(one, worth) for one, worth in settled],
    }
    return Known(ComponentKind.THEORY, task, component, evidence)


def _evidence(one: _Valued, worth: Worth) -> dict[str, Any]:
    line = {
        "ref": one.question.ref,
        "version": str(one.question.version_id),
        "points": one.question.points,
        "answered": one.is_answered,
        "earned": str(worth.earned),
    }
    marked = [valuing.evidence(part, answer) for part, answer in worth.settled.items()]
    return {**line, "marked": marked} if marked else line
