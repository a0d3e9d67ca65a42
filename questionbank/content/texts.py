"""Written answers: blanks, numbers, and texts that people mark."""

from typing import Any

from questionbank.content.shapes import Json, decimal_of, is_reckonable, is_said, is_whole, listed, refuse

BLANK = "____"
MOST_BLANKS, MOST_LENGTH = 20, 20_000


def check_fill_in(content: Json, key: Json) -> None:
    """The stem marks as many blanks as the key has answers for."""
    blanks = listed(key.get("blanks"))
    marked = content["stem"].count(BLANK)
    if not 0 < len(blanks) <= MOST_BLANKS or content.get("blanks") != len(blanks) or marked != len(blanks):
        reason = f"the stem marks each blank with {BLANK}, and the key has as many answers"
        refuse("key.blanks", "blanks_differ", reason)
    if not all(map(_is_answered, blanks)):
        refuse("key.blanks", "blank_unanswered", "a blank has no accepted answer")
    if not isinstance(key.get("case_sensitive", False), bool):
        refuse("key.case_sensitive", "not_true_false", "whether case matters is neither true nor false")


def _is_answered(accepted: Any) -> bool:
    return bool(listed(accepted)) and all(map(is_said, accepted))


def check_numeric(content: Json, key: Json) -> None:
    """Value and tolerance are decimals written as texts, so that they stay exact."""
    value, tolerance = decimal_of(key.get("value")), decimal_of(key.get("tolerance"))
    if value is None or tolerance is None:
        refuse("key.value", "not_decimal", "value and tolerance are decimal numbers")
    if not is_reckonable(value) or not is_reckonable(tolerance) or tolerance < 0:
        refuse("key.tolerance", "not_finite", "value and tolerance are finite, the tolerance not negative")
    if not isinstance(content.get("unit", ""), str):
        refuse("content.unit", "unit_malformed", "the unit is no text")


def check_short(_content: Json, key: Json) -> None:
    """Who marks has a reference answer, which a draft may lack, and points to look for."""
    if not isinstance(key.get("reference", ""), str):
        refuse("key.reference", "no_reference", "the reference answer is no text")
    if not all(map(is_said, listed(key.get("points", [])))):
        refuse("key.points", "point_empty", "a point to look for is empty")


def check_extended(content: Json, key: Json) -> None:
    """As a short answer; `length` is how many characters are asked for."""
    check_short(content, key)
    if content.get("length") is not None and not is_whole(content["length"], 1, MOST_LENGTH):
        refuse("content.length", "length_range", f"the length is a whole number from 1 to {MOST_LENGTH}")
