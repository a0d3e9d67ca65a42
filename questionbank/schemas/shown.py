"""What is shown of a question, by all who show one. Nothing here has a place for a key."""

from typing import Any

from marshmallow import fields, post_dump

from examsvc.core.web.schemas import Base
from questionbank.content.media import MediaKind
from questionbank.kinds import ItemType
from questionbank.schemas.words import Word


class ShownOption(Base):
    """`media` is the digest of one of the question's media; not there without one."""

    id = fields.String(required=True)
    text = fields.String(required=True)
    media = fields.String()

    @post_dump
    def _without_nothing(self, option: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {name: value for name, value in option.items() if value is not None}


class ShownMedium(Base):
    """`plays` is how often a sound or film may be played; not there where as often as one likes."""

    digest = fields.String(required=True)
    kind = Word(MediaKind, required=True)
    media_type = fields.String(required=True)
    alt = fields.String(required=True, dump_default="")
    plays = fields.Integer()


class ShownPicture(Base):
    """The picture of a hotspot; width and height in pixels."""

    digest = fields.String(required=True)
    media_type = fields.String(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    alt = fields.String(required=True)


class ShownBody(Base):
    """`blanks` is their number, `marks` how many points may be marked, `length` the characters asked for."""

    type = Word(ItemType, required=True)
    stem = fields.String(required=True)
    options = fields.List(fields.Nested(ShownOption), required=True, allow_none=True)
    blanks = fields.Integer(required=True, allow_none=True)
    unit = fields.String(required=True, allow_none=True)
    matches = fields.List(fields.Nested(ShownOption), required=True, allow_none=True)
    gaps = fields.List(fields.List(fields.Nested(ShownOption)), required=True, allow_none=True)
    picture = fields.Nested(ShownPicture, required=True, allow_none=True)
    marks = fields.Integer(required=True, allow_none=True)
    length = fields.Integer(required=True, allow_none=True)
    media = fields.List(fields.Nested(ShownMedium), required=True)
