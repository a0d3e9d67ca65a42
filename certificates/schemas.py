"""Decisions and certificates as seen from outside."""

from marshmallow import fields, validate

from certificates.states import CertificateState, DecisionOutcome, DecisionState
from examsvc.core.web.schemas import Base, Instant, Text


class DecisionInput(Base):
    """`digest` is the result's as the decider saw it."""

    outcome = fields.Enum(DecisionOutcome, by_value=True, required=True)
    note = Text(least=0, most=2000, load_default="")
    digest = fields.String(required=True, validate=validate.Regexp(r"[0-9a-f]{64}\Z"))


class DecisionView(Base):
    decision_id = fields.UUID(required=True)
    result_id = fields.UUID(required=True)
    outcome = fields.Enum(DecisionOutcome, by_value=True, required=True)
    state = fields.Enum(DecisionState, by_value=True, required=True)
    note = fields.String(required=True)
    digest = fields.String(required=True)
    decided_by = fields.String(required=True)
    decided_at = Instant(required=True)


class DecisionList(Base):
    items = fields.List(fields.Nested(DecisionView), required=True)


class DeskLine(Base):
    """An exam session with how many of its results wait, are decided, or lack a component."""

    exam_session_id = fields.UUID(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    examined = fields.Boolean(required=True)
    waiting = fields.Integer(required=True)
    decided = fields.Integer(required=True)
    incomplete = fields.Integer(required=True)


class Desk(Base):
    items = fields.List(fields.Nested(DeskLine), required=True)


class ReasonInput(Base):
    reason = Text(most=500, required=True)


class CertificateView(Base):
    """`digest` is the SHA-256 of the canonical record."""

    certificate_id = fields.UUID(required=True)
    decision_id = fields.UUID(required=True)
    result_id = fields.UUID(required=True)
    enrolment_id = fields.UUID(required=True)
    number = fields.String(required=True)
    holder_name = fields.String(required=True)
    scheme = fields.String(required=True)
    organisation = fields.String(required=True)
    state = fields.Enum(CertificateState, by_value=True, required=True)
    issued_on = fields.Date(required=True)
    issued_at = Instant(required=True)
    digest = fields.String(required=True)


class CertificateList(Base):
    items = fields.List(fields.Nested(CertificateView), required=True)


class QueryInput(Base):
    """All three must belong together."""

    number = Text(most=60, required=True)
    name = Text(most=80, required=True)
    identity_number = Text(most=40, required=True, load_only=True)


class QueryAnswer(Base):
    """What the public may know; name and identity number are masked."""

    state = fields.Enum(CertificateState, by_value=True, required=True)
    number = fields.String(required=True)
    holder_name = fields.String(required=True)
    identity_number = fields.String(required=True)
    scheme = fields.String(required=True)
    occupation = fields.String(required=True)
    organisation = fields.String(required=True)
    credit_code = fields.String(required=True)
    filing_number = fields.String(required=True)
    exam_on = fields.Date(required=True)
    issued_on = fields.Date(required=True)
    digest = fields.String(required=True)
