"""The worth of an answer, whatever the type of its question."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from questionbank.kinds import ItemType
from scoring.theory import arrangements, choices, hotspots, texts
from scoring.theory.composites import parts_of
from scoring.theory.shares import NONE, Json


def score(kind: ItemType, content: Json, key: Json, points: int | Fraction, answer: Any) -> Fraction:
    """Return what the answer earns of `points`, both in hundredths.

    None is an unanswered question. An answer of the wrong form earns nothing and never raises; a type that
    people mark raises KeyError, and so does a composite that holds one (blueprints take none).
    """
    if not isinstance(answer, Mapping):
        return NONE
    if kind == ItemType.COMPOSITE:
        return _of_parts(content, key, points, answer)
    return _SHARES[kind](content, key, answer) * points


def _of_parts(content: Json, key: Json, points: int | Fraction, answer: Json) -> Fraction:
    given = answer.get("parts")
    answers = given if isinstance(given, Mapping) else {}
    parts = parts_of(content, key, points)
    return sum((score(part.type, part.content, part.key, part.points, answers.get(part.id)) for part in parts), NONE)


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
