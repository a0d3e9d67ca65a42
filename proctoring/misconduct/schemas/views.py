"""Records of misconduct as people read them."""

from marshmallow import fields

from examsvc.core.web.schemas import Base, Instant
from examsvc.core.web.signatures import Signature
from examsvc.delivery.voiding import Subject
from proctoring.misconduct.classes import Consequence, MisconductClass
from proctoring.misconduct.states import EvidenceKind, MisconductState, Service, SignerKind


class MisconductClassView(Base):
    """What a ruling may say of a class, and the regulation that it rests on."""

    kind = fields.Enum(MisconductClass, required=True)
    title = fields.String(required=True)
    source = fields.String(required=True)
    permitted = fields.List(fields.Enum(Consequence), required=True)


class MisconductClasses(Base):
    items = fields.List(fields.Nested(MisconductClassView), required=True)


class MisconductLine(Base):
    """`consequence` is that of the ruling that stands."""

    id = fields.UUID(required=True)
    sitting_id = fields.UUID(required=True)
    enrolment_id = fields.UUID(required=True)
    exam_session_id = fields.UUID(required=True)
    exam_session_code = fields.String(required=True)
    exam_session_title = fields.String(required=True)
    name = fields.String(required=True)
    ticket_number = fields.String(required=True)
    seat = fields.String(required=True)
    state = fields.Enum(MisconductState, required=True)
    kind = fields.Enum(MisconductClass, required=True)
    subject = fields.Enum(Subject, required=True, allow_none=True)
    happened_at = Instant(required=True)
    consequence = fields.Enum(Consequence, required=True, allow_none=True)


class MisconductLines(Base):
    items = fields.List(fields.Nested(MisconductLine), required=True)


class EvidenceView(Base):
    """`what` is the reason of a snapshot, the kind of an event, command or file, the category of an incident.

    `text` is the name of a file.
    """

    kind = fields.Enum(EvidenceKind, required=True)
    id = fields.UUID(required=True)
    digest = fields.String(required=True)
    at = Instant(required=True)
    what = fields.String(required=True)
    text = fields.String(required=True)


class StatementView(Base):
    declined = fields.Boolean(required=True)
    text = fields.String(required=True)
    written_by = fields.String(required=True)
    given_at = Instant(required=True)


class MisconductSignatureView(Base):
    """`name` is who was logged in: the witness, or whoever held out the pad."""

    signer = fields.Enum(SignerKind, required=True)
    name = fields.String(required=True)
    signature = fields.Nested(Signature, required=True)
    note = fields.String(required=True)
    digest = fields.String(required=True)
    signed_at = Instant(required=True)


class RulingView(Base):
    id = fields.UUID(required=True)
    number = fields.String(required=True)
    consequence = fields.Enum(Consequence, required=True)
    subject = fields.Enum(Subject, required=True, allow_none=True)
    grounds = fields.String(required=True)
    hearing = fields.String(required=True)
    remedy = fields.String(required=True)
    record_digest = fields.String(required=True)
    decided_by = fields.String(required=True)
    decided_at = Instant(required=True)
    service = fields.Enum(Service, required=True, allow_none=True)
    served_on = fields.Date(required=True, allow_none=True)
    remedy_until_on = fields.Date(required=True, allow_none=True)
    revoked_at = Instant(required=True, allow_none=True)
    revoked_by = fields.String(required=True, allow_none=True)
    revocation = fields.String(required=True, allow_none=True)


class May(Base):
    """What the caller may do with the record as it stands."""

    keep = fields.Boolean(required=True)
    witness = fields.Boolean(required=True)
    rule = fields.Boolean(required=True)
    revoke = fields.Boolean(required=True)


class MisconductView(MisconductLine):
    """`digest` is what a signature or a ruling stands under; `remedy` is what a ruling says unless told otherwise."""

    facts = fields.String(required=True)
    place = fields.String(required=True)
    opened_by = fields.String(required=True)
    opened_at = Instant(required=True)
    evidence = fields.List(fields.Nested(EvidenceView), required=True)
    statements = fields.List(fields.Nested(StatementView), required=True)
    signatures = fields.List(fields.Nested(MisconductSignatureView), required=True)
    rulings = fields.List(fields.Nested(RulingView), required=True)
    digest = fields.String(required=True)
    remedy = fields.String(required=True)
    rule = fields.Nested(MisconductClassView, required=True)
    may = fields.Nested(May, required=True)
