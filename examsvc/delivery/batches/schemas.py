"""Batches: what the office sends and sees."""

from marshmallow import fields

from examsvc.core.web.schemas import Base, Instant, Text
from examsvc.delivery.states import ExamSessionState


class ExamBatchChange(Base):
    code = Text(most=40, required=True)
    name = Text(most=120, required=True)


class ExamBatchInput(ExamBatchChange):
    organisation_id = fields.UUID(required=True)


class BatchChoice(Base):
    """Without a batch the exam session stands by itself."""

    batch_id = fields.UUID(required=True, allow_none=True)


class BatchSession(Base):
    id = fields.UUID(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    starts_at = Instant(required=True)
    state = fields.Enum(ExamSessionState, required=True)
    enrolled = fields.Integer(required=True)


class BatchView(Base):
    id = fields.UUID(required=True)
    code = fields.String(required=True)
    name = fields.String(required=True)
    organisation_id = fields.UUID(required=True)
    organisation = fields.String(required=True)
    created_at = Instant(required=True)
    sessions = fields.List(fields.Nested(BatchSession), required=True)


class BatchList(Base):
    items = fields.List(fields.Nested(BatchView), required=True)
