"""The theory part of a result, valued afresh from the log of responses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.delivery.models import Enrolment, Sitting
from examsvc.registry.models import WorkTask
from questionbank.kinds import ItemType
from scoring import theory
from scoring.aggregate import Component
from scoring.components import Known
from scoring.material import AskedQuestion, Material, gather
from scoring.states import ComponentKind
from scoring.written import valuing
from scoring.written.valuing import Marked, Worth


def theory_components(db: Session, enrolment: Enrolment, material: Material | None = None) -> dict[UUID, Known]:
    """Return the theory components by work task; none before the sitting is over.

    A work task is left out while a written answer to one of its questions is not settled. Who never came earns 0 on
    the evidence ABSENT; who was stopped keeps what was answered until then. `material` was gathered for many at once.
    """
    sitting = enrolment.sitting
    if not sitting.state.is_over:
        return {}
    valued = _valued(sitting, material or gather(db, [enrolment]))
    asked = {one.question.work_task_id for one in valued}
    tasks = enrolment.exam_session.filing.specification.work_tasks
    found = {task.id: _theory_of(task, valued, sitting) for task in tasks if task.id in asked}
    return {task_id: known for task_id, known in found.items() if known}


@dataclass(frozen=True)
class _Valued:
    """A question of the paper with what its answer is worth; None while people have not settled what was written."""

    question: AskedQuestion
    is_answered: bool
    worth: Worth | None


def _valued(sitting: Sitting, material: Material) -> list[_Valued]:
    answers, marked = material.answers[sitting.id], material.marked.get(sitting.id, {})
    return [
        _Valued(question, question.ref in answers, _worth(question, answers, marked.get(question.ref, {})))
        for question in material.questions[sitting.paper_id]
    ]


def _worth(question: AskedQuestion, answers: Mapping[str, Any], marked: Marked) -> Worth | None:
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
