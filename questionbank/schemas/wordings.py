"""What authors and reviewers send: wordings, notes, filters."""

from typing import Any

from marshmallow import ValidationError, fields, validate

from examsvc.core.web.schemas import Base, Text
from questionbank.content import MOST_OPTIONS
from questionbank.kinds import ItemType
from questionbank.lifecycle import ItemState
from questionbank.schemas.metadata import ItemMetadataInput, MetadataQuery
from questionbank.schemas.words import Word

STEM, LINE = 4_000, 1_000


def _bool_or_text(value: Any) -> None:
    if not isinstance(value, bool) and not (isinstance(value, str) and len(value) <= LINE):
        raise ValidationError("is neither true nor false nor a number in a text")


class ItemOption(Base):
    id = fields.String(required=True, validate=validate.Length(min=1, max=4))
    text = Text(most=LINE, least=0, required=True)


class ItemContent(Base):
    """What a candidate may see of an item."""

    stem = Text(most=STEM, least=0, required=True)
    options = fields.List(fields.Nested(ItemOption), validate=validate.Length(max=MOST_OPTIONS))
    fixed = fields.List(fields.String(), validate=validate.Length(max=MOST_OPTIONS))
    blanks = fields.Integer(validate=validate.Range(0, 20))
    unit = Text(most=20, least=0)


class ItemKey(Base):
    """The key, by type: right | value | blanks | value with tolerance | reference."""

    right = fields.List(fields.String(), validate=validate.Length(max=MOST_OPTIONS))
    value = fields.Raw(validate=_bool_or_text, metadata={"type": ["boolean", "string"]})
    tolerance = Text(most=40, least=0)
    blanks = fields.List(
        fields.List(Text(most=200, least=0), validate=validate.Length(max=20)), validate=validate.Length(max=20)
    )
    reference = Text(most=STEM, least=0)
    points = fields.List(Text(most=LINE), validate=validate.Length(max=40))


class WordingInput(ItemMetadataInput):
    """What an author writes of a version."""

    type = Word(ItemType, required=True)
    content = fields.Nested(ItemContent, required=True)
    key = fields.Nested(ItemKey, required=True)
    explanation = Text(most=STEM, least=0, load_default="")


class ItemInput(WordingInput):
    code = Text(most=40, required=True)
    external_id = Text(most=120, load_default=None, allow_none=True)


class ReviewNote(Base):
    note = Text(most=2_000, least=0, load_default="")


class SendBackNote(Base):
    note = Text(most=2_000, required=True)


class EndReason(Base):
    reason = Text(most=2_000, required=True)


class ItemQuery(MetadataQuery):
    state = Word(ItemState)
    type = Word(ItemType)
    work_task = fields.Integer(validate=validate.Range(1, 100))
    text = Text(most=80, least=0, load_default="")
    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))
