"""What the marks of one sitting's written answers are worth, as part of its theory."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from examsvc.delivery.models import Sitting
from scoring.written import reading
from scoring.written.collecting import text_digest
from scoring.written.models import WrittenAnswer, WrittenMark
from scoring.written.reading import AnswerReading


def answers_of(db: Session, sitting: Sitting) -> dict[str, dict[str, AnswerReading]]:
    """Return the sitting's written answers by question and part."""
    found: dict[str, dict[str, AnswerReading]] = {}
    for one in reading.read_all(db, WrittenAnswer.sitting_id == sitting.id):
        found.setdefault(one.answer.item_ref, {})[one.answer.part] = one
    return found


def settled(marked: Mapping[str, AnswerReading], texts: Mapping[str, str]) -> dict[str, AnswerReading] | None:
    """Return by part the settled answers to what was written; None while one is not settled.

    A text that is another than was marked is not settled: it was changed after it was collected.
    """
    written = {part: text for part, text in texts.items() if text}
    found = {part: marked[part] for part, text in written.items() if part in marked and _is_final(marked[part], text)}
    return found if len(found) == len(written) else None


def points(one: AnswerReading) -> Fraction:
    """Return what a settled answer earned, in hundredths."""
    return one.settlement.points or Fraction(0)


def evidence(part: str, one: AnswerReading) -> dict[str, Any]:
    """Return the marks that an answer's points stand on, each with its event in the log."""
    return {
        "part": part,
        "answer": str(one.answer.id),
        "text": one.answer.digest,
        "standing": str(one.settlement.standing),
        "earned": str(points(one)),
        "marks": [_mark(mark) for mark in one.marks],
    }


def _is_final(one: AnswerReading, text: str) -> bool:
    return one.settlement.standing.is_settled and one.answer.digest == text_digest(text)


def _mark(mark: WrittenMark) -> dict[str, Any]:
    return {
        "event": str(mark.event_id),
        "marker": str(mark.marker_id),
        "duty": str(mark.duty),
        "value": mark.value,
        "note": mark.note,
    }
