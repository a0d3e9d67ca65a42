"""What people mark: written answers, whole questions or parts of a composite."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from questionbank.kinds import ItemType
from scoring.theory.composites import Part, parts_of
from scoring.theory.shares import Json

WHOLE_QUESTION: Final = ""
"""The id of the one written part of a question that has no parts."""


def written_parts(kind: ItemType, content: Json, key: Json, points: int | Fraction) -> list[Part]:
    """Return what people mark of the question, in order, each with the hundredths that it is worth."""
    if kind == ItemType.COMPOSITE:
        return [part for part in parts_of(content, key, points) if part.type.is_written]
    return [Part(WHOLE_QUESTION, kind, content, key, Fraction(points))] if kind.is_written else []


def text_of(answer: Any, part: str = WHOLE_QUESTION) -> str:
    """Return what was written for the part, as it was written; "" for what is blank or of the wrong form."""
    if part != WHOLE_QUESTION:
        answer = _got(_got(answer, "parts"), part)
    text = _got(answer, "text")
    return text if isinstance(text, str) and text.strip() else ""


def _got(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else None
