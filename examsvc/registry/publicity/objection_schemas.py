"""Objections as the centre sees them."""

from marshmallow import fields

from examsvc.core.web.schemas import Base, Instant, Text
from examsvc.registry.cases.schemas import CaseLine
from examsvc.registry.publicity.schemas import NewestFirstQuery
from examsvc.registry.publicity.states import Against, Consequence, ObjectionState


class ObjectionQuery(NewestFirstQuery):
    state = fields.Enum(ObjectionState, load_default=None)


class NoticeBrief(Base):
    id = fields.UUID(required=True)
    number = fields.String(required=True)
    title = fields.String(required=True)


class ObjectionLine(Base):
    """异议, without who made it."""

    id = fields.UUID(required=True)
    reference = fields.String(required=True)
    state = fields.Enum(ObjectionState, required=True)
    against = fields.Enum(Against, required=True)
    text = fields.String(required=True)
    received_at = Instant(required=True)
    resolved_at = Instant(required=True, allow_none=True)
    answer = fields.String(required=True)
    evidence_name = fields.String(required=True)
    handler_name = fields.String(required=True, allow_none=True)
    notice = fields.Nested(NoticeBrief, required=True)
    case = fields.Nested(CaseLine, required=True)


class ObjectionPage(Base):
    items = fields.List(fields.Nested(ObjectionLine), required=True)
    next = fields.String(required=True, allow_none=True)


class ConcernedPerson(Base):
    id = fields.UUID(required=True)
    name = fields.String(required=True)


class ObjectionWhole(ObjectionLine):
    """With who made it: `name` and `contact` are null for somebody whom the objection concerns."""

    is_concerned = fields.Boolean(required=True)
    concerned = fields.Nested(ConcernedPerson, required=True, allow_none=True)
    name = fields.String(required=True, allow_none=True)
    contact = fields.String(required=True, allow_none=True)


class CentreStaffList(Base):
    items = fields.List(fields.Nested(ConcernedPerson), required=True)


class ConcernInput(Base):
    account_id = fields.UUID(required=True, allow_none=True)


class ResolutionInput(Base):
    """`version` is the case's; `consequence` counts when the objection is upheld."""

    version = fields.Integer(required=True)
    is_upheld = fields.Boolean(required=True)
    consequence = fields.Enum(Consequence, load_default=Consequence.REJECTED)
    answer = Text(most=5000, required=True)
