"""The theory part of a result, valued afresh from the log of responses."""

from collections.abc import Mapping, Sequence
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
from scoring.written import valuing
from scoring.written.reading import AnswerReading


def theory_components(db: Session, enrolment: Enrolment) -> dict[UUID, Known]:
    """Return the theory components by work task; none before the sitting is over.

    A work task is left out while a written answer to one of its questions is not settled. Who never came earns 0 on
    the evidence ABSENT; who was stopped keeps what was answered until then.
    """
    sitting = enrolment.sitting
    if not sitting.state.is_over:
        return {}
    answers = _last_answers(db, sitting)
    worths = _worths(db, sitting, answers)
    asked = {worth.question.work_task_id for worth in worths}
    tasks = enrolment.exam_session.filing.specification.work_tasks
    found = {task.id: _theory_of(task, worths, sitting) for task in tasks if task.id in asked}
    return {task_id: known for task_id, known in found.items() if known}


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


@dataclass(frozen=True)
class _Worth:
    """What a question earned; None while people have not settled what was written. `marks` are theirs, as evidence."""

    question: _Question
    is_answered: bool
    earned: Fraction | None
    marks: list[dict[str, Any]]


def _worths(db: Session, sitting: Sitting, answers: dict[str, Any]) -> list[_Worth]:
    marked = valuing.answers_of(db, sitting)
    return [
        _worth(question, answers.get(question.ref), marked.get(question.ref, {}))
        for question in _questions(db, sitting.paper_id)
    ]


def _worth(question: _Question, answer: Any, marked: Mapping[str, AnswerReading]) -> _Worth:
    kind = ItemType(question.type)
    parts = theory.written_parts(kind, question.content, question.key, question.points)
    settled = valuing.settled(marked, {part.id: theory.text_of(answer, part.id) for part in parts})
    earned = None
    if settled is not None:
        points = {part: valuing.points(one) for part, one in settled.items()}
        earned = theory.score(kind, question.content, question.key, question.points, answer, points)
    evidence = [valuing.evidence(part, one) for part, one in (settled or {}).items()]
    return _Worth(question, answer is not None, earned, evidence)


def _theory_of(task: WorkTask, worths: Sequence[_Worth], sitting: Sitting) -> Known | None:
    mine = [worth for worth in worths if worth.question.work_task_id == task.id]
    earned = [worth.earned for worth in mine if worth.earned is not None]
    if len(earned) < len(mine):
        return None
    most = sum(worth.question.points for worth in mine)
    component = Component(task.theory_share, sum(earned, Fraction(0)), most)
    evidence = {
        "sitting": str(sitting.id),
        "state": str(sitting.state),
        "chain_head": sitting.chain_head,
        "multiple_choice": str(theory.MULTIPLE_CHOICE_POLICY),
        "questions": [_evidence(worth) for worth in mine],
    }
    return Known(ComponentKind.THEORY, task, component, evidence)


def _evidence(worth: _Worth) -> dict[str, Any]:
    question = worth.question
    line = {
        "ref": question.ref,
        "version": str(question.version_id),
        "points": question.points,
        "answered": worth.is_answered,
        "earned": str(worth.earned),
    }
    return {**line, "marked": worth.marks} if worth.marks else line
