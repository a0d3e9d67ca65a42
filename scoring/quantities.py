"""Numbers as people type them. Pure and exact."""

import re
import unicodedata
from fractions import Fraction

MOST_CHARACTERS = 64
_SIGNS = str.maketrans({"−": "-", "–": "-", "—": "-", "。": "."})
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?P<part>\.[0-9]*)?(?:[eE](?P<power>[+-]?[0-9]{1,2}))?"
)
_PER = {"%": 100, "‰": 1000}


def parsed(text: str, unit: str | None = None) -> Fraction | None:
    """Return the number, or None when the text is not one number.

    Full-width digits, spaces, thousands separators in groups of three (1,234.5), a power of ten (1.5e3) and the
    question's unit behind the number are understood. A percent or per-mille sign divides by 100 or 1000, unless it
    is the question's unit: 5% answers 0.05, but where the unit is % both "5" and "5%" answer 5.
    """
    plain = _plain(text)
    if len(plain) > MOST_CHARACTERS:
        return None
    plain, per = _without_suffix(plain, _plain(unit or ""))
    match = _NUMBER.fullmatch(plain)
    if not match or not (match["whole"] or (match["part"] or ".") != "."):
        return None
    digits = f"{match['sign']}{(match['whole'] or '0').replace(',', '')}{(match['part'] or '').rstrip('.')}"
    return Fraction(digits) * Fraction(10) ** int(match["power"] or 0) / per


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).translate(_SIGNS).split())


def _without_suffix(text: str, unit: str) -> tuple[str, int]:
    if unit and text.endswith(unit):
        return text.removesuffix(unit), 1
    if text and text[-1] in _PER:
        return text[:-1], _PER[text[-1]]
    return text, 1
