"""Keys, as authors send them and as they read them in the bank. The type's own rules are `content.check`."""

from typing import Any

from marshmallow import ValidationError, fields, validate

from examsvc.core.web.schemas import Base, Text, storable
from questionbank.content.checks import MOST_PARTS
from questionbank.content.hotspots import MOST_CORNERS, MOST_POINTS, MOST_SIDE
from questionbank.content.options import MOST_OPTIONS
from questionbank.content.texts import MOST_BLANKS
from questionbank.schemas.contents import LINE, PASSAGE, whole_field

SHAPES = ("RECT", "CIRCLE", "POLYGON")
DECIMAL = 40


def _bool_or_decimal(value: Any) -> None:
    if not isinstance(value, bool) and not _is_line(value):
        raise ValidationError("is neither true nor false nor a number in a text")


def _is_line(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= DECIMAL and storable(value)


class Weights(Base):
    """What each chosen option of a multiple choice earns: decimal shares of the points in texts."""

    mode = fields.String(required=True, validate=validate.OneOf(["EXACT", "MAP"]))
    weights = fields.Dict(keys=Text(most=16), values=Text(most=DECIMAL), validate=validate.Length(max=MOST_OPTIONS))
    least = Text(most=DECIMAL)


class Scoring(fields.Field[Any]):
    """EXACT or PAIRS, or the weights of a multiple choice."""

    def __init__(self) -> None:
        super().__init__(metadata={"type": ["string", "object"]})

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if isinstance(value, dict):
            return Weights().load(value)
        if value not in ("EXACT", "PAIRS"):
            raise ValidationError("is neither EXACT nor PAIRS nor a map of weights")
        return value


def ids_field(most: int) -> fields.List[Any]:
    """Return a field for a list of ids."""
    return fields.List(Text(most=16, least=0), validate=validate.Length(max=most))


class KeyArea(Base):
    """Pixels from the picture's upper left corner: RECT x1 y1 x2 y2, CIRCLE x y radius, POLYGON x y of each corner."""

    shape = fields.String(required=True, validate=validate.OneOf(SHAPES))
    coords = fields.List(
        whole_field(0, MOST_SIDE), required=True, validate=validate.Length(min=3, max=2 * MOST_CORNERS)
    )


class PartKey(Base):
    """By type: right, scoring | value | blanks | value, tolerance | order | pairs | gaps | areas | reference."""

    right = ids_field(MOST_OPTIONS)
    value = fields.Raw(validate=_bool_or_decimal, metadata={"type": ["boolean", "string"]})
    tolerance = Text(most=DECIMAL, least=0)
    blanks = fields.List(
        fields.List(Text(most=200, least=0), validate=validate.Length(max=20)),
        validate=validate.Length(max=MOST_BLANKS),
    )
    case_sensitive = fields.Boolean(truthy={True}, falsy={False})
    scoring = Scoring()
    order = ids_field(MOST_OPTIONS)
    pairs = fields.Dict(keys=Text(most=16), values=Text(most=16, least=0), validate=validate.Length(max=MOST_OPTIONS))
    gaps = ids_field(MOST_BLANKS)
    areas = fields.List(fields.Nested(KeyArea), validate=validate.Length(max=MOST_POINTS))
    reference = Text(most=PASSAGE, least=0)
    points = fields.List(Text(most=LINE), validate=validate.Length(max=40))


class ItemKey(PartKey):
    """The key of an item; of a composite, the keys of its parts."""

    parts = fields.Dict(keys=Text(most=16), values=fields.Nested(PartKey), validate=validate.Length(max=MOST_PARTS))
