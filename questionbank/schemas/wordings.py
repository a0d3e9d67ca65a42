"""What authors and reviewers send: wordings, notes, filters."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Text
from questionbank.kinds import ItemType
from questionbank.lifecycle import ItemState
from questionbank.schemas.contents import PASSAGE, ItemContent
from questionbank.schemas.keys import ItemKey
from questionbank.schemas.metadata import ItemMetadataInput, MetadataQuery
from questionbank.schemas.words import Word


class WordingInput(ItemMetadataInput):
    """What an author writes of a version."""

    type = Word(ItemType, required=True)
    content = fields.Nested(ItemContent, required=True)
    key = fields.Nested(ItemKey, required=True)
    explanation = Text(most=PASSAGE, least=0, load_default="")


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
    drawn_at_least = fields.Integer(validate=validate.Range(0, 1_000_000))
    drawn_at_most = fields.Integer(validate=validate.Range(0, 1_000_000))
    page = fields.Integer(load_default=1, validate=validate.Range(1, 100_000))
    after = Text(most=200, least=0, load_default="")
