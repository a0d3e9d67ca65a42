"""What pages report, and the reconciliation as the office sees it."""

from typing import Any

from marshmallow import fields, post_load, validate

from examsvc.core.web.schemas import Base, Instant
from examsvc.delivery.receipts.tokens import MOST_CHARACTERS
from examsvc.delivery.reconciling.counting import Difference
from examsvc.delivery.reconciling.reporting import EpochCount
from examsvc.delivery.schemas.parts import seq_field

MOST_EPOCHS = 100


class EpochCountInput(Base):
    epoch = seq_field(least=0)
    written_seq = seq_field(least=0)
    acknowledged_seq = seq_field(least=0)

    @post_load
    def _as_value(self, data: dict[str, Any], **_: Any) -> EpochCount:
        return EpochCount(**data)


class JournalReportInput(Base):
    """The highest numbers of each epoch in the page's journal, and the last receipt it holds.

    What is told of an epoch that the sitting has not had is left out, and the rest is kept.
    """

    epochs = fields.List(fields.Nested(EpochCountInput), required=True, validate=validate.Length(max=MOST_EPOCHS))
    receipt = fields.String(required=True, allow_none=True, validate=validate.Length(max=MOST_CHARACTERS))


class SumView(Base):
    """Sittings that were opened, and their lines; `lost` were acknowledged and are not stored: it must be 0.

    `unproven` are said by pages to be acknowledged, are not stored, and stand on no receipt of ours.
    """

    room = fields.String(required=True)
    opened = fields.Integer(required=True)
    reported = fields.Integer(required=True)
    acknowledged = fields.Integer(required=True)
    stored = fields.Integer(required=True)
    written = fields.Integer(required=True)
    taken_over = fields.Integer(required=True)
    late = fields.Integer(required=True)
    lost = fields.Integer(required=True)
    on_paper = fields.Integer(required=True)
    unproven = fields.Integer(required=True)


class DifferenceView(Base):
    enrolment_id = fields.UUID(required=True, attribute="enrolment.id")
    name = fields.String(required=True, attribute="enrolment.candidate.name")
    ticket_number = fields.String(required=True, attribute="enrolment.ticket_number")
    seat_label = fields.String(required=True, attribute="enrolment.seat_label")
    room = fields.String(required=True)
    kind = fields.Enum(Difference, required=True, attribute="found.kind")
    epoch = fields.Integer(required=True, attribute="found.epoch")
    written = fields.Integer(required=True, attribute="found.written")
    acknowledged = fields.Integer(required=True, attribute="found.acknowledged")
    stored = fields.Integer(required=True, attribute="found.stored")


class ReconciliationView(Base):
    """`signature` is Ed25519, in hexadecimal, over the canonical JSON of the statement."""

    made_at = Instant(required=True)
    rooms = fields.List(fields.Nested(SumView), required=True)
    total = fields.Nested(SumView, required=True)
    differences = fields.List(fields.Nested(DifferenceView), required=True)
    key_id = fields.String(required=True)
    signature = fields.String(required=True)
