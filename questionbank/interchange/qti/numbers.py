"""Exact numbers as decimals in texts, and as shares."""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

_DIGITS = 8
_LAST_PLACE = Fraction(1, 10**_DIGITS)
_MOST_PARTS = 10_000  # what the content of an item takes for a fraction


def decimal_text(number: Fraction) -> str:
    """Return the number as a decimal, exact when it has an end, else to 8 places."""
    scaled = round(abs(number) * 10**_DIGITS)
    whole, rest = divmod(scaled, 10**_DIGITS)
    places = f"{rest:0{_DIGITS}d}".rstrip("0")
    sign = "-" if number < 0 and scaled else ""
    return f"{sign}{whole}.{places}" if places else f"{sign}{whole}"


def share_text(share: Fraction) -> str:
    """Return a share as a decimal where it ends, else as a fraction ("1/3"): three thirds are to make a whole.

    A share of thirds that were written to 8 places is off by as much: what is meant is the simple fraction beside it.
    """
    if Fraction(decimal_text(share)) == share:
        return decimal_text(share)
    meant = share.limit_denominator(_MOST_PARTS - 1)
    share = meant if abs(meant - share) < _LAST_PLACE else share
    text = decimal_text(share)
    return str(share) if Fraction(text) != share and share.denominator < _MOST_PARTS else text


def whole(text: str | None, otherwise: int = 0) -> int:
    """Return a number of digits alone and not many of them, else the other."""
    return int(text) if text and len(text) < _DIGITS and text.isascii() and text.isdigit() else otherwise


def shares(worths: Sequence[Fraction]) -> list[int]:
    """Return whole numbers in the same proportion; a worth of nothing counts as one share."""
    known = [worth if worth > 0 else Fraction(1) for worth in worths]
    common = lcm(*(worth.denominator for worth in known))
    wholes = [int(worth * common) for worth in known]
    divisor = gcd(*wholes) if common > 1 else 1
    return [whole // divisor for whole in wholes]
