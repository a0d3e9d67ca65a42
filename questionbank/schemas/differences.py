"""What changed between two versions, as seen from outside."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base
from questionbank.differences import Change
from questionbank.schemas.words import Word


class DifferenceQuery(Base):
    start = fields.Integer(required=True, data_key="from", validate=validate.Range(1, 100_000))
    end = fields.Integer(required=True, data_key="to", validate=validate.Range(1, 100_000))


class DifferencePiece(Base):
    change = Word(Change, required=True)
    text = fields.String(required=True)


class ItemDifference(Base):
    """A field that differs; `pieces` when both sides are texts."""

    field = fields.String(required=True)
    before = fields.Raw(required=True, allow_none=True)
    after = fields.Raw(required=True, allow_none=True)
    pieces = fields.List(fields.Nested(DifferencePiece), required=True, allow_none=True)


class ItemDifferences(Base):
    """Key and explanation are compared only for those who may see them, who are put on record."""

    start = fields.Integer(required=True, data_key="from")
    end = fields.Integer(required=True, data_key="to")
    with_key = fields.Boolean(required=True)
    items = fields.List(fields.Nested(ItemDifference), required=True)
