"""The theory part of a result, valued afresh from the log of responses."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.delivery.models import Enrolment, Sitting
from examsvc.registry.models import WorkTask
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
    material = material or gather(db, [enrolment])
    asked = material.questions[sitting.paper_id]
    tasks = enrolment.exam_session.filing.specification.work_tasks
    found = {task.id: _theory_of(task, asked[task.id], sitting, material) for task in tasks if task.id in asked}
    return {task_id: known for task_id, known in found.items() if known}


def _worth(question: AskedQuestion, answers: Mapping[str, Any], marked: Marked) -> Worth | None:
    answer = answers.get(question.ref)
    return valuing.worth(question.type, question.content, question.key, question.points, answer, marked)


def _theory_of(task: WorkTask, asked: Sequence[AskedQuestion], sitting: Sitting, material: Material) -> Known | None:
    """Return what the task's questions earned; None while people have not settled what was written to one of them."""
    answers, marked = material.answers[sitting.id], material.marked.get(sitting.id, {})
    worths = [_worth(question, answers, marked.get(question.ref, {})) for question in asked]
    settled = [(question, worth) for question, worth in zip(asked, worths, strict=True) if worth]
    if len(settled) < len(asked):
        return None
    earned = sum((worth.earned for _, worth in settled if worth.earned), Fraction(0))
    component = Component(task.theory_share, earned, sum(question.points for question in asked))
    evidence = {
        "sitting": str(sitting.id),
        "state": str(sitting.state),
        "chain_head": sitting.chain_head,
        "multiple_choice": str(theory.MULTIPLE_CHOICE_POLICY),
        "questions": [_evidence(question, worth, answers) for question, worth in settled],
    }
    return Known(ComponentKind.THEORY, task, component, evidence)


def _evidence(question: AskedQuestion, worth: Worth, answers: Mapping[str, Any]) -> dict[str, Any]:
    if question.ref not in answers:
        return question.untouched
    line = {**question.told, "answered": True, "earned": str(worth.earned)}
    marked = [valuing.evidence(part, answer) for part, answer in worth.settled.items()]
    return {**line, "marked": marked} if marked else line
