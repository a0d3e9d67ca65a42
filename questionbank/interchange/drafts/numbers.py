"""Numeric answers: a value, how far off one may be, and a unit."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from questionbank.interchange.drafts.draft import Draft, Fault

_NUMBER = r"[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d+)?"
_VALUE = re.compile(
    rf"(?P<value>{_NUMBER})\s*(?:(?:±|\+-|\+/-|[(,]?\s*误差\s*[:：]?\s*±?)\s*(?P<tolerance>{_NUMBER})\)?)?\s*(?P<unit>[^\d\s].*)?",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?P<least>{_NUMBER})\s*(?:~|～|至|到|\.\.|-(?=\s*[\d.]))\s*(?P<most>{_NUMBER})\s*(?P<unit>[^\d\s].*)?",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def numeric(draft: Draft) -> tuple[dict[str, Any], dict[str, Any]]:
    value, tolerance, unit = read(draft.answer)
    if draft.tolerance.strip():
        tolerance = plain_decimal(draft.tolerance, "tolerance")
    unit = draft.unit.strip() or unit
    return ({"unit": unit} if unit else {}), {"value": value, "tolerance": tolerance}


def read(answer: str) -> tuple[str, str, str]:
    """Return value, tolerance and unit of texts such as "3.14±0.01", "9.7~9.9 m/s²" and "25 kg"; raises Fault."""
    text = _THOUSANDS.sub("", unicodedata.normalize("NFKC", answer).strip())
    if span := _RANGE.fullmatch(text):
        least, most = Decimal(span["least"]), Decimal(span["most"])
        middle, half = (least + most) / 2, abs(most - least) / 2
        return f"{middle:f}", f"{half:f}", (span["unit"] or "").strip()
    if found := _VALUE.fullmatch(text):
        return found["value"], (found["tolerance"] or "0").lstrip("+-"), (found["unit"] or "").strip()
    raise Fault("not_decimal", "answer", f"答案不是数:{answer} / the answer is no number")


def plain_decimal(text: str, field: str) -> str:
    """Return the text as a decimal without a sign of tolerance; raises Fault."""
    written = unicodedata.normalize("NFKC", text).strip().lstrip("±")
    try:
        if Decimal(written).is_finite():
            return written
    except InvalidOperation:
        pass
    raise Fault("not_decimal", field, f"不是数:{text} / it is no number")


def points_of(text: str) -> str:
    """Return the decimal of texts such as "2", "2分" and "2.0 分", empty for anything else."""
    written = unicodedata.normalize("NFKC", text).strip().removesuffix("分").strip()
    try:
        points = Decimal(written)
    except InvalidOperation:
        return ""
    return f"{points:f}" if points.is_finite() and points >= 0 else ""
