"""Collecting what people have to mark, when a sitting is over."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import canonical
from examsvc.delivery.models import Response, Sitting
from examsvc.delivery.states import SittingState
from scoring import theory
from scoring.written import questions
from scoring.written.models import WrittenAnswer
from scoring.written.questions import WrittenQuestion


def collect(db: Session, sitting: Sitting) -> bool:
    """Note the written answers of a sitting that is over, and what they say now; doing it again changes nothing.

    Returns whether its paper asks for any.
    """
    asked = questions.of_papers(db, [sitting.paper_id])
    if not asked:
        return False
    answers = answers_of(db, sitting, [question.ref for question in asked])
    query = select(WrittenAnswer).filter_by(sitting_id=sitting.id)
    kept = {(answer.item_ref, answer.part): answer for answer in db.scalars(query)}
    for question in asked:
        for part in question.parts:
            answer = kept.get((question.ref, part.id)) or _new(sitting, question, part)
            answer.digest = text_digest(theory.text_of(answers.get(question.ref), part.id))
            db.add(answer)
    db.flush()
    return True


def answers_of(db: Session, sitting: Sitting, refs: list[str] | None = None) -> Mapping[str, Any]:
    """Return the sitting's answers, to these questions or to all, as its log says; none of who was absent."""
    if sitting.state == SittingState.ABSENT:
        return {}
    columns = (Response.epoch, Response.seq, Response.item_ref, Response.answer)
    query = select(*columns).where(Response.sitting_id == sitting.id)
    if refs is not None:
        query = query.where(Response.item_ref.in_(refs))
    return theory.last_answers(db.execute(query))


def text_digest(text: str) -> str | None:
    """Return what a text is known by; None for a blank one."""
    return canonical.digest({"text": text}) if text else None


def _new(sitting: Sitting, question: WrittenQuestion, part: theory.Part) -> WrittenAnswer:
    return WrittenAnswer(
        exam_session_id=sitting.enrolment.exam_session_id,
        sitting_id=sitting.id,
        item_version_id=question.version.id,
        item_ref=question.ref,
        part=part.id,
        most=part.points,
    )


def text_of(db: Session, answer: WrittenAnswer) -> str:
    """Return what was written, as it was written."""
    return theory.text_of(answers_of(db, answer.sitting, [answer.item_ref]).get(answer.item_ref), answer.part)
