"""The form of an answer, by the type of its question. Pure; it never looks at a key."""

from collections.abc import Callable, Mapping
from typing import Any

from examsvc.delivery.errors import BadAnswer
from examsvc.delivery.questions import Question
from questionbank.kinds import ItemType

MOST_CHARACTERS = 4_000

Answer = Mapping[str, Any] | None


def check(question: Question, answer: Any, *, seq: int) -> None:
    """Raise BadAnswer, which names the question and `seq`, unless the answer has the form of the type; None clears."""
    if answer is None:
        return
    form, fits = _FORMS[question.type]
    if not isinstance(answer, dict) or set(answer) != {form} or not fits(question, answer[form]):
        raise BadAnswer(item_ref=question.ref, seq=seq)


def is_answered(answer: Answer) -> bool:
    """Return whether there is something in the answer: not cleared, not only spaces."""
    if answer is None:
        return False
    match next(iter(answer.values())):
        case str(text):
            return bool(text.strip())
        case list(parts):
            return any(part.strip() for part in parts)
        case _:
            return True


def _is_option(question: Question, value: Any) -> bool:
    return isinstance(value, str) and value in question.option_ids


def _are_options(question: Question, value: Any) -> bool:
    if not isinstance(value, list) or not all(_is_option(question, choice) for choice in value):
        return False
    return len(set(value)) == len(value)


def _is_truth(_question: Question, value: Any) -> bool:
    return isinstance(value, bool)


def _are_blanks(question: Question, value: Any) -> bool:
    return isinstance(value, list) and len(value) == question.blanks and all(map(_is_storable, value))


def _is_text(_question: Question, value: Any) -> bool:
    return _is_storable(value)


def _is_storable(value: Any) -> bool:
    if not isinstance(value, str) or len(value) > MOST_CHARACTERS or "\x00" in value:
        return False
    return not any("\ud800" <= character <= "\udfff" for character in value)


_FORMS: dict[ItemType, tuple[str, Callable[[Question, Any], bool]]] = {
    ItemType.SINGLE_CHOICE: ("choice", _is_option),
    ItemType.MULTIPLE_CHOICE: ("choices", _are_options),
    ItemType.TRUE_FALSE: ("value", _is_truth),
    ItemType.FILL_IN: ("blanks", _are_blanks),
    ItemType.NUMERIC: ("text", _is_text),
    ItemType.SHORT_ANSWER: ("text", _is_text),
}
