"""Shares of a question's points, from nothing to the whole."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

Json = Mapping[str, Any]

WHOLE, NONE = Fraction(1), Fraction(0)


def all_or_nothing(is_right: bool) -> Fraction:
    """Return the whole share for what is right."""
    return WHOLE if is_right else NONE


def texts(value: Any) -> list[str] | None:
    """Return the value when it is a list of texts."""
    return value if isinstance(value, list) and all(isinstance(one, str) for one in value) else None
