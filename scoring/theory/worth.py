"""The worth of an answer, whatever the type of its question."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

from questionbank.kinds import ItemType
from scoring.theory import arrangements, choices, hotspots, texts
from scoring.theory.composites import Part, parts_of
from scoring.theory.shares import NONE, Json
from scoring.theory.written import WHOLE_QUESTION, text_of

Marks = Mapping[str, Fraction]
UNMARKED: Final[Marks] = MappingProxyType({})


def score(
    kind: ItemType, content: Json, key: Json, points: int | Fraction, answer: Any, marks: Marks = UNMARKED
) -> Fraction:
    """Return what the answer earns of `points`, both in hundredths.

    None is an unanswered question. An answer of the wrong form earns nothing and never raises. `marks` are what
    people gave, by part; a written answer that is neither blank nor in them raises KeyError.
    """
    if not isinstance(answer, Mapping):
        return NONE
    if kind == ItemType.COMPOSITE:
        return _of_parts(content, key, points, answer, marks)
    if kind.is_written:
        return marks[WHOLE_QUESTION] if text_of(answer) else NONE
    return _SHARES[kind](content, key, answer) * points


def _of_parts(content: Json, key: Json, points: int | Fraction, answer: Json, marks: Marks) -> Fraction:
    given = answer.get("parts")
    answers = given if isinstance(given, Mapping) else {}
    return sum((_of_part(part, answers.get(part.id), marks) for part in parts_of(content, key, points)), NONE)


def _of_part(part: Part, answer: Any, marks: Marks) -> Fraction:
    own = {WHOLE_QUESTION: marks[part.id]} if part.id in marks else UNMARKED
    return score(part.type, part.content, part.key, part.points, answer, own)


_SHARES: dict[ItemType, Callable[[Json, Json, Json], Fraction]] = {
    ItemType.SINGLE_CHOICE: choices.single,
    ItemType.MULTIPLE_CHOICE: choices.multiple,
    ItemType.TRUE_FALSE: choices.true_false,
    ItemType.FILL_IN: texts.fill_in,
    ItemType.NUMERIC: texts.numeric,
    ItemType.INLINE_CHOICE: arrangements.inline_choice,
    ItemType.ORDERING: arrangements.ordering,
    ItemType.MATCHING: arrangements.matching,
    ItemType.HOTSPOT: hotspots.hotspot,
}
