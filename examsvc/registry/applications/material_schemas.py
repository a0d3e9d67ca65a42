"""The materials of an application as seen from outside: what is signed."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base
from examsvc.registry.applications.kinds import ANSWERS, EvidenceTopic, LegalKind, RoomKind, StaffKind

DATE = {"format": "date"}


class MaterialCase(Base):
    number = fields.String(required=True)
    scheme_name = fields.String(required=True)
    occupation_code = fields.String(required=True)
    occupation_name = fields.String(required=True)


class MaterialOrganisation(Base):
    name = fields.String(required=True)
    credit_code = fields.String(required=True)
    district = fields.String(required=True)
    address = fields.String(required=True)


class MaterialStatements(Base):
    legal_kind = fields.String(required=True, allow_none=True, validate=validate.OneOf(list(LegalKind)))
    department_name = fields.String(required=True)
    department_head = fields.String(required=True, allow_none=True)
    credit_checked_on = fields.String(required=True, allow_none=True, metadata=DATE)
    funding_statement = fields.String(required=True)
    quality_plan = fields.String(required=True)


class MaterialProof(Base):
    topic = fields.String(required=True, validate=validate.OneOf(list(EvidenceTopic)))
    document_id = fields.UUID(required=True)
    file_name = fields.String(required=True)
    media_type = fields.String(required=True)
    size_bytes = fields.Integer(required=True)
    digest = fields.String(required=True)


class MaterialPerson(Base):
    """Name and certificate number are null for readers who need no personal data."""

    id = fields.UUID(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(list(StaffKind)))
    name = fields.String(required=True, allow_none=True)
    qualification = fields.String(required=True)
    certificate_number = fields.String(required=True, allow_none=True)
    valid_from_on = fields.String(required=True, metadata=DATE)
    valid_to_on = fields.String(required=True, allow_none=True, metadata=DATE)


class MaterialRoom(Base):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(list(RoomKind)))
    seats = fields.Integer(required=True)
    has_video = fields.Boolean(required=True)
    equipment = fields.String(required=True)


class MaterialVerdict(Base):
    id = fields.UUID(required=True)
    district = fields.String(required=True)
    outcome = fields.String(required=True)
    reason = fields.String(required=True)
    decided_on = fields.String(required=True, metadata=DATE)
    document_name = fields.String(required=True, allow_none=True)
    document_digest = fields.String(required=True, allow_none=True)


class MaterialCentre(Base):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    district = fields.String(required=True)
    address = fields.String(required=True)
    state = fields.String(required=True)
    rooms = fields.List(fields.Nested(MaterialRoom), required=True)
    recommendation = fields.Nested(MaterialVerdict, required=True, allow_none=True)


class Undertaking(Base):
    code = fields.String(required=True)
    text = fields.String(required=True)


class ApplicationMaterials(Base):
    """What is signed: `materials_digest` is the SHA-256 of its canonical JSON (RFC 8785)."""

    case = fields.Nested(MaterialCase, required=True)
    organisation = fields.Nested(MaterialOrganisation, required=True)
    statements = fields.Nested(MaterialStatements, required=True)
    answers = fields.Dict(keys=fields.String(validate=validate.OneOf(ANSWERS)), values=fields.Boolean(), required=True)
    evidence = fields.List(fields.Nested(MaterialProof), required=True)
    staff = fields.List(fields.Nested(MaterialPerson), required=True)
    centres = fields.List(fields.Nested(MaterialCentre), required=True)
    undertakings = fields.List(fields.Nested(Undertaking), required=True)
