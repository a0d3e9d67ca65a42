"""Marks on their way in, and the receipt. Values are integer hundredths of a point."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Instant, Text
from scoring.schemas.sheets import MarkView

MOST_EVENTS = 200


class MarkEventInput(Base):
    event_id = fields.UUID(required=True)
    device_seq = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1_000_000))
    criterion = fields.Integer(required=True, strict=True, validate=validate.Range(1, 1000))
    value = fields.Integer(required=True, strict=True, allow_none=True, validate=validate.Range(0, 10_000))
    note = Text(most=500, least=0, load_default="")
    client_at = Instant(required=True)


class MarkBatchInput(Base):
    device_id = fields.String(required=True, validate=validate.Regexp(r"^[A-Za-z0-9-]{8,40}$"))
    events = fields.List(fields.Nested(MarkEventInput), required=True, validate=validate.Length(min=1, max=MOST_EVENTS))


class MarkReceiptView(Base):
    """What is kept: everything of the device up to `acknowledged_seq`."""

    acknowledged_seq = fields.Integer(required=True)
    marks = fields.List(fields.Nested(MarkView), required=True)
    total = fields.Integer(required=True, allow_none=True)
    digest = fields.String(required=True, allow_none=True)
