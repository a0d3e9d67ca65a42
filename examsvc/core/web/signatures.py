"""Signatures on the way in and out."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from examsvc.core.signatures import HEIGHT, LEAST_POINTS, MOST_POINTS, MOST_STROKES, WIDTH
from examsvc.core.web.schemas import Base, Text

LONGEST_MS = 10 * 60 * 1000
LIMITS = (WIDTH, HEIGHT, LONGEST_MS)


def _check_point(point: list[int]) -> None:
    if len(point) != len(LIMITS) or any(part > most for part, most in zip(point, LIMITS, strict=True)):
        raise ValidationError(f"a point is [x, y, milliseconds], at most {list(LIMITS)}")


Point = fields.List(fields.Integer(strict=True, validate=validate.Range(0)), validate=_check_point)


class Signature(Base):
    """Drawn, as strokes of [x, y, milliseconds] on a pad of 1000 by 400; or the signer's typed name."""

    strokes = fields.List(fields.List(Point), validate=validate.Length(min=1, max=MOST_STROKES))
    typed_name = Text(most=120)

    @validates_schema
    def _one_of_both(self, data: Mapping[str, Any], **_: Any) -> None:
        if ("strokes" in data) == ("typed_name" in data):
            raise ValidationError("either strokes or typed_name", "strokes")
        points = sum(map(len, data.get("strokes", [])))
        if "strokes" in data and not LEAST_POINTS <= points <= MOST_POINTS:
            raise ValidationError(f"{LEAST_POINTS} to {MOST_POINTS} points", "strokes")


class Digest(fields.String):
    """The SHA-256 of what the page showed, in lower-case hexadecimal."""

    def __init__(self) -> None:
        super().__init__(required=True, validate=validate.Regexp(r"^[0-9a-f]{64}$"))


class SignatureInput(Signature):
    digest = Digest()
