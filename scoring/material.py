"""What results stand on, read for a number of enrolments at once: a whole room ends within seconds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.delivery.models import Enrolment, Response
from examsvc.delivery.states import SittingState
from examsvc.registry.models import KnowledgePoint
from questionbank.kinds import ItemType
from questionbank.models import ItemVersion, PaperItem, PracticalTask
from scoring import theory
from scoring.assigning import practical_tasks
from scoring.models import ScoreSheet
from scoring.states import SheetState
from scoring.written import valuing
from scoring.written.models import WrittenAnswer
from scoring.written.valuing import Marked


@dataclass(frozen=True)
class AskedQuestion:
    """A question of a paper; plain columns, because a whole room hands in within seconds."""

    ref: str
    points: int
    version_id: UUID
    type: ItemType
    content: dict[str, Any]
    key: dict[str, Any]
    work_task_id: UUID

    @cached_property
    def told(self) -> dict[str, Any]:
        """What the evidence tells of the question, whoever is asked it."""
        return {"ref": self.ref, "version": str(self.version_id), "points": self.points}

    @cached_property
    def untouched(self) -> dict[str, Any]:
        """What the evidence tells of it where nothing was answered."""
        return {**self.told, "answered": False, "earned": "0"}


@dataclass(frozen=True)
class Material:
    """Answers and what people marked of them by sitting, a paper's questions by work task, practicals by exam session;
    `signed` are, by enrolment, the practical tasks of which there are sheets, all of them signed.
    """

    answers: Mapping[UUID, Mapping[str, Any]]
    marked: Mapping[UUID, Mapping[str, Marked]]
    questions: Mapping[UUID | None, Mapping[UUID, Sequence[AskedQuestion]]]
    practicals: Mapping[UUID, Sequence[PracticalTask]]
    signed: Mapping[UUID, set[UUID]]


def gather(db: Session, enrolments: Sequence[Enrolment]) -> Material:
    """Return what the enrolments' results stand on; who was absent answered nothing, whatever is stored."""
    over = [one.sitting for one in enrolments if one.sitting.state.is_over]
    sitting_ids = [sitting.id for sitting in over]
    came = [sitting.id for sitting in over if sitting.state != SittingState.ABSENT]
    return Material(
        answers={**{key: {} for key in sitting_ids}, **_answers(db, came)},
        marked=valuing.by_sitting(db, WrittenAnswer.sitting_id.in_(sitting_ids)),
        questions={paper_id: _questions(db, paper_id) for paper_id in {sitting.paper_id for sitting in over}},
        practicals={one.exam_session_id: practical_tasks(db, one.exam_session) for one in _one_a_session(enrolments)},
        signed=_signed(db, [one.id for one in enrolments]),
    )


def _one_a_session(enrolments: Sequence[Enrolment]) -> list[Enrolment]:
    return list({one.exam_session_id: one for one in enrolments}.values())


def _answers(db: Session, sitting_ids: Sequence[UUID]) -> dict[UUID, Mapping[str, Any]]:
    columns = (Response.sitting_id, Response.epoch, Response.seq, Response.item_ref, Response.answer)
    logs: dict[UUID, list[Any]] = {sitting_id: [] for sitting_id in sitting_ids}
    for sitting_id, *line in db.execute(select(*columns).where(Response.sitting_id.in_(sitting_ids))):
        logs[sitting_id].append(line)
    return {sitting_id: theory.last_answers(log) for sitting_id, log in logs.items()}


def _questions(db: Session, paper_id: UUID | None) -> dict[UUID, list[AskedQuestion]]:
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
    by_task: dict[UUID, list[AskedQuestion]] = {}
    for ref, points, version_id, kind, *rest in db.execute(query):
        question = AskedQuestion(ref, points, version_id, ItemType(kind), *rest)
        by_task.setdefault(question.work_task_id, []).append(question)
    return by_task


def _signed(db: Session, enrolment_ids: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    columns = (ScoreSheet.enrolment_id, ScoreSheet.practical_task_id, ScoreSheet.state)
    found: dict[UUID, set[UUID]] = {enrolment_id: set() for enrolment_id in enrolment_ids}
    unsigned = set()
    for enrolment_id, task_id, state in db.execute(select(*columns).where(ScoreSheet.enrolment_id.in_(enrolment_ids))):
        found[enrolment_id].add(task_id)
        if state != SheetState.SIGNED:
            unsigned.add((enrolment_id, task_id))
    return {key: {task for task in tasks if (key, task) not in unsigned} for key, tasks in found.items()}
