"""JSON that may have any shape, read without raising; and how a refusal is raised."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, NoReturn

from questionbank.errors import BadItem

Json = Mapping[str, Any]

MOST_DIGITS = 40
_ID = re.compile(r"[A-Za-z0-9_-]{1,16}")
_FRACTION = re.compile(r"-?[0-9]{1,4}/[1-9][0-9]{0,3}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def refuse(field: str, fault: str, reason: str) -> NoReturn:
    """Raise BadItem."""
    raise BadItem(field=field, fault=fault, reason=reason)


def listed(value: Any) -> list[Any]:
    """Return the list, or an empty one for whatever is none."""
    return value if isinstance(value, list) else []


def mapped(value: Any) -> Json:
    """Return the mapping, or an empty one for whatever is none."""
    return value if isinstance(value, Mapping) else {}


def texts(value: Any) -> list[str]:
    """Return the list of texts, or an empty one when anything in it is no text."""
    found = listed(value)
    return found if all(isinstance(one, str) for one in found) else []


def is_said(value: Any) -> bool:
    """Return whether it is a text with more than spaces."""
    return isinstance(value, str) and bool(value.strip())


def is_id(value: Any) -> bool:
    """Return whether it can name an option or a part."""
    return isinstance(value, str) and bool(_ID.fullmatch(value))


def is_digest(value: Any) -> bool:
    """Return whether it is a SHA-256 in hexadecimal."""
    return isinstance(value, str) and bool(_DIGEST.fullmatch(value))


def is_whole(value: Any, least: int, most: int) -> bool:
    """Return whether it is an integer (no truth value) from `least` to `most`, both included."""
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def decimal_of(value: Any) -> Decimal | None:
    """Return the number that a text writes, NaN and infinities too, or None."""
    try:
        return Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None


def is_reckonable(number: Decimal) -> bool:
    """Return whether the number is finite and short enough to be reckoned with exactly (1e999999999 is not)."""
    if not number.is_finite():
        return False
    _, digits, exponent = number.as_tuple()
    return len(digits) <= MOST_DIGITS and isinstance(exponent, int) and abs(exponent) <= MOST_DIGITS


def share_of(value: Any) -> Fraction | None:
    """Return the share that a text writes, as a decimal or as a fraction ("1/3", which no decimal says), or None."""
    if isinstance(value, str) and _FRACTION.fullmatch(value):
        return Fraction(value)
    number = decimal_of(value)
    return Fraction(number) if number is not None and is_reckonable(number) else None
