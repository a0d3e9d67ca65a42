"""What a candidate may see of an item, as authors send it and staff read it; `content` has the rules of each type."""

from typing import Any

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Text
from questionbank.content.checks import MOST_PARTS, MOST_SHARE
from questionbank.content.hotspots import MOST_POINTS, MOST_SIDE
from questionbank.content.media import MOST_MEDIA, MOST_PLAYS, MediaKind
from questionbank.content.options import MOST_OPTIONS
from questionbank.content.texts import MOST_BLANKS, MOST_LENGTH
from questionbank.kinds import ItemType
from questionbank.schemas.words import Word

PASSAGE, LINE = 20_000, 1_000


def id_field() -> fields.String:
    """Return a field for the id of an option or a part."""
    return fields.String(required=True, validate=validate.Length(min=1, max=16))


def digest_field(*, required: bool) -> fields.String:
    """Return a field for the SHA-256 of a file."""
    return fields.String(required=required, validate=validate.Regexp(r"\A[0-9a-f]{64}\Z"))


def whole_field(least: int, most: int, *, required: bool = False) -> fields.Integer:
    """Return a field for an integer, never a number in a text or a fraction."""
    return fields.Integer(required=required, strict=True, validate=validate.Range(least, most))


class ItemOption(Base):
    """`media` is the digest of one of the content's media."""

    id = id_field()
    text = Text(most=LINE, least=0, required=True)
    media = digest_field(required=False)


class ItemMedium(Base):
    """`alt` describes a picture in words; `plays` is how often a sound or film may be played, unbounded without it."""

    digest = digest_field(required=True)
    kind = Word(MediaKind, required=True)
    media_type = Text(most=80, required=True)
    alt = Text(most=LINE, least=0, required=True)
    plays = whole_field(1, MOST_PLAYS)


class ItemPicture(Base):
    """The picture of a hotspot; width and height in pixels."""

    digest = digest_field(required=True)
    media_type = Text(most=80, required=True)
    width = whole_field(1, MOST_SIDE, required=True)
    height = whole_field(1, MOST_SIDE, required=True)
    alt = Text(most=LINE, least=0, required=True)


def options_field() -> fields.List[Any]:
    """Return a field for a list of options."""
    return fields.List(fields.Nested(ItemOption), validate=validate.Length(max=MOST_OPTIONS))


class PartContent(Base):
    """`blanks` is their number, `points` how many points may be marked in the picture, `length` in characters."""

    stem = Text(most=PASSAGE, least=0, required=True)
    media = fields.List(fields.Nested(ItemMedium), validate=validate.Length(max=MOST_MEDIA))
    options = options_field()
    fixed = fields.List(fields.String(validate=validate.Length(max=16)), validate=validate.Length(max=MOST_OPTIONS))
    blanks = fields.Integer(validate=validate.Range(0, MOST_BLANKS))
    unit = Text(most=20, least=0)
    matches = options_field()
    gaps = fields.List(options_field(), validate=validate.Length(max=MOST_BLANKS))
    picture = fields.Nested(ItemPicture)
    points = whole_field(1, MOST_POINTS)
    length = whole_field(1, MOST_LENGTH)


class ItemPart(Base):
    """A part of a composite; it has its `share` of the points."""

    id = id_field()
    type = Word(ItemType, required=True)
    share = whole_field(1, MOST_SHARE, required=True)
    content = fields.Nested(PartContent, required=True)


class ItemContent(PartContent):
    """What a candidate may see of an item."""

    parts = fields.List(fields.Nested(ItemPart), validate=validate.Length(max=MOST_PARTS))
