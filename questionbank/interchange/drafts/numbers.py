"""Numeric answers: a value, how far off one may be, and a unit."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from questionbank.interchange.drafts.draft import Draft, Fault

_NUMBER = r"[-+]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d{1,2})?"  # a larger exponent would be written out in a gigabyte
_UNIT = r"(?P<unit>(?!e[-+]?\d)[A-Za-z%‰°℃℉Ωµμ¥$\u4e00-\u9fff][^±~～=]{0,15})?"
_VALUE = re.compile(
    rf"(?P<value>{_NUMBER})\s*(?:(?:±|\+-|\+/-|[(,]?\s*误差\s*[:：]?\s*±?)\s*(?P<tolerance>{_NUMBER})\)?)?\s*{_UNIT}",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?P<least>{_NUMBER})\s*(?:~|～|至|到|\.\.|-(?=\s*[\d.]))\s*(?P<most>{_NUMBER})\s*{_UNIT}",
    re.IGNORECASE,
)
_POINTS = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,4})?")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def numeric(draft: Draft) -> tuple[dict[str, Any], dict[str, Any]]:
    value, tolerance, unit = read(draft.answer)
    if draft.tolerance.strip():
        tolerance = plain_decimal(draft.tolerance, "tolerance")
    unit = draft.unit.strip() or unit
    return ({"unit": unit} if unit else {}), {"value": value, "tolerance": tolerance}


def read(answer: str) -> tuple[str, str, str]:
    """Return value, tolerance and unit of texts such as "3.14±0.01", "9.7~9.9 m/s²" and "25 kg"; raises Fault."""
    text = _THOUSANDS.sub("", _half_width(answer).strip())
    if span := _RANGE.fullmatch(text):
        least, most = Decimal(span["least"]), Decimal(span["most"])
        middle, half = (least + most) / 2, abs(most - least) / 2
        return f"{middle:f}", f"{half:f}", (span["unit"] or "").strip()
    if found := _VALUE.fullmatch(text):
        return found["value"], (found["tolerance"] or "0").lstrip("+-"), (found["unit"] or "").strip()
    raise Fault("not_decimal", "answer", f"答案不是数:{answer} / the answer is no number")


def plain_decimal(text: str, field: str) -> str:
    """Return the text as a decimal without a sign of tolerance; raises Fault."""
    written = _half_width(text).strip().lstrip("±")
    try:
        if Decimal(written).is_finite():
            return written
    except InvalidOperation:
        pass
    raise Fault("not_decimal", field, f"不是数:{text} / it is no number")


def points_of(text: str) -> str:
    """Return the decimal of texts such as "2", "2分" and "2.0 分", empty for anything else."""
    written = _half_width(text).strip().removesuffix("分").strip()
    return written if _POINTS.fullmatch(written) else ""


def _half_width(text: str) -> str:
    """Return the text with full-width signs as usual ones; unlike NFKC it leaves the ² of m² alone."""
    return "".join(chr(ord(char) - 0xFEE0) if "！" <= char <= "～" else char for char in text.replace("\u3000", " "))
