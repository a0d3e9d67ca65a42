"""What about a question asks for a second look before its scores are relied on."""

from collections.abc import Iterator, Sequence
from enum import StrEnum

from scoring.analysis.classical import ItemFigures
from scoring.analysis.options import ChoiceFigures

HARD, EASY, WEAK = 0.2, 0.95, 0.1


class Flag(StrEnum):
    """In order of weight."""

    KEY_SUSPECT = "KEY_SUSPECT"
    NEGATIVE = "NEGATIVE"
    WEAK = "WEAK"
    TOO_HARD = "TOO_HARD"
    TOO_EASY = "TOO_EASY"
    NO_VARIANCE = "NO_VARIANCE"
    RARE_DISTRACTOR = "RARE_DISTRACTOR"


def flags(item: ItemFigures, questions: Sequence[Sequence[ChoiceFigures]] = ()) -> list[Flag]:
    """Return the flags of an item, the weightiest first; `questions` are its option tables, one for each part."""
    return list(_flags(item, questions)) if item.asked else []


def _flags(item: ItemFigures, questions: Sequence[Sequence[ChoiceFigures]]) -> Iterator[Flag]:
    if any(map(_is_key_suspect, questions)):
        yield Flag.KEY_SUSPECT
    if item.item_rest is not None and item.item_rest < WEAK:
        yield Flag.NEGATIVE if item.item_rest < 0 else Flag.WEAK
    if item.difficulty is not None and item.difficulty < HARD:
        yield Flag.TOO_HARD
    if item.difficulty is not None and item.difficulty > EASY:
        yield Flag.TOO_EASY
    if item.difficulty in {0.0, 1.0}:
        yield Flag.NO_VARIANCE
    if any(choice.is_rare_distractor for lines in questions for choice in lines):
        yield Flag.RARE_DISTRACTOR


def _is_key_suspect(lines: Sequence[ChoiceFigures]) -> bool:
    """Return whether the able rather chose a wrong option than (the least telling one of) the key."""
    keys = [line.item_rest for line in lines if line.is_key and line.item_rest is not None]
    others = [line.item_rest for line in lines if line.id and not line.is_key and line.item_rest is not None]
    if not others:
        return False
    return max(others) > min(keys) if keys else max(others) > 0
