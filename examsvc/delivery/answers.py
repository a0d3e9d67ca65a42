"""The form of an answer, by the type of its question. Pure; it never looks at a key."""

from collections.abc import Callable, Mapping
from typing import Any

from examsvc.delivery.errors import BadAnswer
from examsvc.delivery.questions import Question
from questionbank.kinds import ItemType

MOST_CHARACTERS = 4_000
MOST_CHARACTERS_EXTENDED = 20_000

Answer = Mapping[str, Any] | None


def check(question: Question, answer: Any, *, seq: int) -> None:
    """Raise BadAnswer, which names the question and `seq`, unless the answer has the form of the type; None clears."""
    if not _fits(question, answer):
        raise BadAnswer(item_ref=question.ref, seq=seq)


def _fits(question: Question, answer: Any) -> bool:
    if answer is None:
        return True
    form, fits = _FORMS[question.type]
    return isinstance(answer, dict) and set(answer) == {form} and fits(question, answer[form])


def is_answered(answer: Answer) -> bool:
    """Return whether there is something in the answer: not cleared, not only spaces, in no part of it."""
    return _says_something(answer)


def _says_something(value: Any) -> bool:
    match value:
        case None:
            return False
        case str(text):
            return bool(text.strip())
        case list(parts):
            return any(map(_says_something, parts))
        case dict(named):
            return any(map(_says_something, named.values()))
        case _:
            return True


def _is_option(question: Question, value: Any) -> bool:
    return isinstance(value, str) and value in question.option_ids


def _are_options(question: Question, value: Any) -> bool:
    if not isinstance(value, list) or not all(_is_option(question, choice) for choice in value):
        return False
    return len(set(value)) == len(value)


def _are_all_options(question: Question, value: Any) -> bool:
    return _are_options(question, value) and len(value) == len(question.options)


def _is_truth(_question: Question, value: Any) -> bool:
    return isinstance(value, bool)


def _are_blanks(question: Question, value: Any) -> bool:
    return isinstance(value, list) and len(value) == question.blanks and all(map(_is_storable, value))


def _are_pairs(question: Question, value: Any) -> bool:
    if not isinstance(value, dict) or not set(value) <= set(question.option_ids):
        return False
    return all(isinstance(match, str) and match in question.match_ids for match in value.values())


def _are_gaps(question: Question, value: Any) -> bool:
    if not isinstance(value, list) or len(value) != len(question.gaps):
        return False
    pairs = zip(value, question.gap_ids, strict=True)
    return all(chosen is None or (isinstance(chosen, str) and chosen in ids) for chosen, ids in pairs)


def _are_marks(question: Question, value: Any) -> bool:
    if not isinstance(value, list) or len(value) > (question.marks or 0):
        return False
    return all(_is_within(question, mark) for mark in value)


def _is_within(question: Question, mark: Any) -> bool:
    if question.picture is None or not isinstance(mark, list) or any(type(one) is not int for one in mark):
        return False
    sides = (question.picture["width"], question.picture["height"])
    return len(mark) == len(sides) and all(0 <= one <= side for one, side in zip(mark, sides, strict=True))


def _is_text(_question: Question, value: Any) -> bool:
    return _is_storable(value)


def _is_long_text(_question: Question, value: Any) -> bool:
    return _is_storable(value, most=MOST_CHARACTERS_EXTENDED)


def _is_storable(value: Any, most: int = MOST_CHARACTERS) -> bool:
    if not isinstance(value, str) or len(value) > most or "\x00" in value:
        return False
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _are_parts(question: Question, value: Any) -> bool:
    parts = {part.ref: part for part in question.parts}
    if not isinstance(value, dict) or not set(value) <= set(parts):
        return False
    return all(_fits(parts[part_id], answer) for part_id, answer in value.items())


_FORMS: dict[ItemType, tuple[str, Callable[[Question, Any], bool]]] = {
    ItemType.SINGLE_CHOICE: ("choice", _is_option),
    ItemType.MULTIPLE_CHOICE: ("choices", _are_options),
    ItemType.TRUE_FALSE: ("value", _is_truth),
    ItemType.FILL_IN: ("blanks", _are_blanks),
    ItemType.NUMERIC: ("text", _is_text),
    ItemType.INLINE_CHOICE: ("gaps", _are_gaps),
    ItemType.ORDERING: ("order", _are_all_options),
    ItemType.MATCHING: ("pairs", _are_pairs),
    ItemType.HOTSPOT: ("points", _are_marks),
    ItemType.SHORT_ANSWER: ("text", _is_text),
    ItemType.EXTENDED_ANSWER: ("text", _is_long_text),
    ItemType.COMPOSITE: ("parts", _are_parts),
}
