"""Words in blanks, and numbers."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from scoring import quantities
from scoring.theory.shares import NONE, Json, all_or_nothing
from scoring.wording import normalised


def fill_in(_content: Json, key: Json, answer: Json) -> Fraction:
    """Each blank earns the same share, exactly; texts beyond the last blank are not looked at."""
    written, keeps_case = answer.get("blanks"), key.get("case_sensitive", False)
    if not isinstance(written, list):
        return NONE
    pairs = zip(written, key["blanks"], strict=False)
    right = [_is_accepted(text, accepted, keeps_case=keeps_case) for text, accepted in pairs]
    return Fraction(sum(right), len(key["blanks"]))


def _is_accepted(text: Any, accepted: Iterable[str], *, keeps_case: bool) -> bool:
    written = normalised(text, keeps_case=keeps_case) if isinstance(text, str) else ""
    return bool(written) and written in {normalised(one, keeps_case=keeps_case) for one in accepted}


def numeric(content: Json, key: Json, answer: Json) -> Fraction:
    """The tolerance belongs to the right values at both ends."""
    text = answer.get("text")
    value = quantities.parsed(text, content.get("unit")) if isinstance(text, str) else None
    if value is None:
        return NONE
    return all_or_nothing(abs(value - Fraction(key["value"])) <= Fraction(key["tolerance"]))
