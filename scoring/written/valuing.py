"""What answers are worth once people have marked what was written."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from questionbank.kinds import ItemType
from scoring import theory
from scoring.written import reading
from scoring.written.collecting import text_digest
from scoring.written.models import WrittenMark
from scoring.written.reading import AnswerReading

Json = Mapping[str, Any]
Marked = Mapping[str, AnswerReading]


@dataclass(frozen=True)
class Worth:
    """What an answer to a question earned, by machine and people; `settled` are the written parts, by id."""

    earned: Fraction
    settled: Marked


_NOTHING = Worth(Fraction(0), {})
"""Of an answer that was never given."""


def by_sitting(db: Session, *where: ColumnElement[bool]) -> dict[UUID, dict[str, dict[str, AnswerReading]]]:
    """Return the chosen written answers by sitting, question and part."""
    found: dict[UUID, dict[str, dict[str, AnswerReading]]] = {}
    for one in reading.read_all(db, *where):
        of_sitting = found.setdefault(one.answer.sitting_id, {})
        of_sitting.setdefault(one.answer.item_ref, {})[one.answer.part] = one
    return found


def worth(kind: ItemType, content: Json, key: Json, points: int, answer: Any, marked: Marked) -> Worth | None:
    """Return what the answer earned of `points`, in hundredths; None while people have not settled what was written.

    A text that is another than was marked is not settled: it was changed after it was collected.
    """
    if answer is None:
        return _NOTHING
    parts = theory.written_parts(kind, content, key, points)
    texts = {part.id: theory.text_of(answer, part.id) for part in parts}
    written = {part: text for part, text in texts.items() if text}
    settled = {part: marked[part] for part, text in written.items() if part in marked and _is_final(marked[part], text)}
    if len(settled) < len(written):
        return None
    marks = {part: _points(one) for part, one in settled.items()}
    return Worth(theory.score(kind, content, key, points, answer, marks), settled)


def _points(one: AnswerReading) -> Fraction:
    return one.settlement.points or Fraction(0)


def evidence(part: str, one: AnswerReading) -> dict[str, Any]:
    """Return the marks that an answer's points stand on, each with its event in the log."""
    return {
        "part": part,
        "answer": str(one.answer.id),
        "text": one.answer.digest,
        "standing": str(one.settlement.standing),
        "earned": str(_points(one)),
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
