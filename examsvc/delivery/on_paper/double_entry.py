"""Double entry 双人录入: where two people's copies of one sheet differ, and what was answered at a machine. Pure.

Two people rarely make the same mistake, so what both typed is what stands there. All else a person decides.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from examsvc.delivery.answers import Answer, is_answered
from examsvc.delivery.questions import PaperForm, Question

TOLERANCE: Final = 0.02
"""So far, in widths of the picture, two people may read one mark of a hotspot apart."""


@dataclass(frozen=True)
class Times:
    """The times written on a sheet, to the minute."""

    began_at: datetime
    handed_in_at: datetime


@dataclass(frozen=True)
class Copy:
    """What one person typed: an answer or None for every question, and the times."""

    answers: Mapping[str, Answer]
    times: Times


@dataclass(frozen=True)
class Late:
    """An answer that was given at a machine and not stored in time; `made_at` is by the page's clock."""

    answer: Answer
    made_at: datetime


@dataclass(frozen=True)
class Difference:
    """A question that a person has to decide. `late` is there where something else came from a machine afterwards."""

    item_ref: str
    first: Answer
    second: Answer
    late: Late | None = None


@dataclass(frozen=True)
class Differences:
    """What is left to decide: questions in the order of the paper, and whether the times are."""

    questions: tuple[Difference, ...]
    times: bool

    @property
    def refs(self) -> frozenset[str]:
        return frozenset(one.item_ref for one in self.questions)

    def __bool__(self) -> bool:
        return self.times or bool(self.questions)


def compare(form: PaperForm, first: Copy, second: Copy, late: Mapping[str, Late] | None = None) -> Differences:
    """Return where the copies differ, or where what came late from a machine differs from what they agree on."""
    found = (
        _difference(question, first.answers.get(ref), second.answers.get(ref), (late or {}).get(ref))
        for ref, question in form.items()
    )
    return Differences(tuple(one for one in found if one is not None), first.times != second.times)


def agreed(form: PaperForm, first: Copy, differences: Differences) -> dict[str, Answer]:
    """Return the answers that need no decision, in the order of the paper."""
    return {ref: first.answers.get(ref) for ref in form if ref not in differences.refs}


def missing(form: PaperForm, answers: Iterable[str]) -> list[str]:
    """Return the questions of the paper that are not among the answers."""
    typed = set(answers)
    return [ref for ref in form if ref not in typed]


def is_same(question: Question, one: Answer, other: Answer) -> bool:
    """Return whether both say the same: order where it matters, spaces not, marks within the tolerance."""
    if not is_answered(one) or not is_answered(other):
        return is_answered(one) == is_answered(other)
    return _says_the_same(question, one or {}, other or {})


def _difference(question: Question, first: Answer, second: Answer, late: Late | None) -> Difference | None:
    if late is not None and is_same(question, first, second) and is_same(question, first, late.answer):
        late = None
    if late is None and is_same(question, first, second):
        return None
    return Difference(question.ref, first, second, late)


def _says_the_same(question: Question, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    if "parts" in one:
        return _same_parts(question, one["parts"], other["parts"])
    if "points" in one:
        return _same_marks(question, one["points"], other["points"])
    return bool(_plain(one) == _plain(other))


def _same_parts(question: Question, one: Mapping[str, Answer], other: Mapping[str, Answer]) -> bool:
    return all(is_same(part, one.get(part.ref), other.get(part.ref)) for part in question.parts)


def _same_marks(question: Question, one: list[list[int]], other: list[list[int]]) -> bool:
    """Each mark has a partner of its own near it."""
    near = TOLERANCE * question.picture["width"] if question.picture else 0.0
    left = list(other)
    for x, y in one:
        partner = next((mark for mark in left if abs(mark[0] - x) <= near and abs(mark[1] - y) <= near), None)
        if partner is None:
            return False
        left.remove(partner)
    return not left


def _plain(answer: Mapping[str, Any]) -> Any:
    """Return what is compared: choices in no order, texts without their spaces' kind and number, empty as nothing."""
    (kind, value), *_ = answer.items()
    if kind == "choices":
        return kind, sorted(value)
    if kind == "pairs":
        return kind, {left: right for left, right in value.items() if right}
    return kind, _words(value)


def _words(value: Any) -> Any:
    if isinstance(value, list):
        return [_words(one) or "" for one in value]
    return " ".join(unicodedata.normalize("NFC", value).split()) if isinstance(value, str) else value
