"""What an item's content and key must look like, by type. Pure."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from questionbank.errors import BadItem
from questionbank.kinds import ItemType

BLANK = "____"
LEAST_OPTIONS, MOST_OPTIONS = 2, 8
LETTERS = "ABCDEFGH"


def check(kind: ItemType, content: Mapping[str, Any], key: Mapping[str, Any]) -> None:
    """Raise BadItem unless content and key fit the type and each other."""
    if not str(content.get("stem", "")).strip():
        raise BadItem(field="content.stem", fault="stem_empty", reason="the stem is empty")
    _CHECKS[kind](content, key)


def options_of(texts: list[str]) -> list[dict[str, str]]:
    """Return options with ids a, b, c… that stay with their text however they are shown."""
    return [{"id": letter.lower(), "text": text} for letter, text in zip(LETTERS, texts, strict=False)]


def _check_choice(content: Mapping[str, Any], key: Mapping[str, Any], *, least: int, most: int | None) -> None:
    options = content.get("options", [])
    ids = [option["id"] for option in options]
    texts = [option["text"].strip() for option in options]
    if not LEAST_OPTIONS <= len(ids) <= MOST_OPTIONS or not all(texts):
        reason = f"it needs {LEAST_OPTIONS} to {MOST_OPTIONS} options, none of them empty"
        raise BadItem(field="content.options", fault="options_missing", reason=reason)
    if len(set(ids)) < len(ids) or len(set(texts)) < len(texts):
        raise BadItem(field="content.options", fault="options_same", reason="two options are the same")
    right = set(key.get("right", []))
    if not right <= set(ids) or not least <= len(right) <= (len(ids) if most is None else most):
        reason = "the key does not name the right number of its options"
        raise BadItem(field="key.right", fault="key_count", reason=reason)
    if not set(content.get("fixed", [])) <= set(ids):
        reason = "a fixed option is not among the options"
        raise BadItem(field="content.fixed", fault="fixed_unknown", reason=reason)


def _check_single(content: Mapping[str, Any], key: Mapping[str, Any]) -> None:
    _check_choice(content, key, least=1, most=1)


def _check_multiple(content: Mapping[str, Any], key: Mapping[str, Any]) -> None:
    _check_choice(content, key, least=2, most=None)


def _check_true_false(_content: Mapping[str, Any], key: Mapping[str, Any]) -> None:
    if not isinstance(key.get("value"), bool):
        raise BadItem(field="key.value", fault="not_true_false", reason="the key is neither true nor false")


def _check_fill_in(content: Mapping[str, Any], key: Mapping[str, Any]) -> None:
    blanks = key.get("blanks", [])
    if not blanks or content.get("blanks") != len(blanks) or content["stem"].count(BLANK) != len(blanks):
        reason = f"the stem marks each blank with {BLANK}, and the key has as many answers"
        raise BadItem(field="key.blanks", fault="blanks_differ", reason=reason)
    if not all(accepted and all(text.strip() for text in accepted) for accepted in blanks):
        raise BadItem(field="key.blanks", fault="blank_unanswered", reason="a blank has no accepted answer")


def _check_numeric(_content: Mapping[str, Any], key: Mapping[str, Any]) -> None:
    try:
        value, tolerance = Decimal(key["value"]), Decimal(key["tolerance"])
    except (KeyError, InvalidOperation, TypeError) as error:
        reason = "value and tolerance are decimal numbers"
        raise BadItem(field="key.value", fault="not_decimal", reason=reason) from error
    if not value.is_finite() or not tolerance.is_finite() or tolerance < 0:
        reason = "value and tolerance are finite, the tolerance not negative"
        raise BadItem(field="key.tolerance", fault="not_finite", reason=reason)


def _check_short(_content: Mapping[str, Any], key: Mapping[str, Any]) -> None:
    if not str(key.get("reference", "")).strip():
        raise BadItem(field="key.reference", fault="no_reference", reason="it has no reference answer")


_CHECKS: dict[ItemType, Callable[[Mapping[str, Any], Mapping[str, Any]], None]] = {
    ItemType.SINGLE_CHOICE: _check_single,
    ItemType.MULTIPLE_CHOICE: _check_multiple,
    ItemType.TRUE_FALSE: _check_true_false,
    ItemType.FILL_IN: _check_fill_in,
    ItemType.NUMERIC: _check_numeric,
    ItemType.SHORT_ANSWER: _check_short,
}
