"""Applications as seen from outside."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Instant, Text
from examsvc.registry.applications.conditions import Standing
from examsvc.registry.applications.kinds import (
    MOST_TEXT,
    EligibilityDecision,
    EvidenceTopic,
    LegalKind,
    RoomKind,
    StaffKind,
)
from examsvc.registry.applications.material_schemas import ApplicationMaterials
from examsvc.registry.models import OrganisationKind


class ApplicationWrite(Base):
    """A write on a case names the version that its author saw."""

    version = fields.Integer(required=True, strict=True)


class ApplicationVersionQuery(Base):
    version = fields.Integer(required=True)


class WithdrawnCase(Base):
    """A case after a step that its author may not look behind."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True)


class OrganisationAccountInput(ApplicationWrite):
    kind = fields.Enum(OrganisationKind, by_value=True, required=True)
    district = Text(most=40, required=True)
    address = Text(most=200, required=True)
    username = Text(most=80, least=3, required=True)
    display_name = Text(most=120, required=True)


class OpenedAccountView(Base):
    """The initial password is shown in this answer only."""

    case_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    organisation_id = fields.UUID(required=True)
    username = fields.String(required=True)
    initial_password = fields.String(required=True)


class ApplicationReasonInput(ApplicationWrite):
    reason = Text(most=1000, required=True)


class AnswersInput(Base):
    """What the organisation confirms: C01, C03, C04, C12."""

    registered_here = fields.Boolean(required=True)
    finance_rules = fields.Boolean(required=True)
    management_rules = fields.Boolean(required=True)
    good_credit = fields.Boolean(required=True)
    not_for_profit = fields.Boolean(required=True)
    supervised = fields.Boolean(required=True)


class StatementsInput(Base):
    """Empty is not yet said."""

    legal_kind = fields.Enum(LegalKind, by_value=True, required=True, allow_none=True)
    department_name = Text(most=120, least=0, required=True)
    department_head = Text(most=80, least=0, required=True)
    credit_checked_on = fields.Date(required=True, allow_none=True)
    funding_statement = Text(most=MOST_TEXT, least=0, required=True)
    quality_plan = Text(most=MOST_TEXT, least=0, required=True)


class FilledInput(ApplicationWrite):
    statements = fields.Nested(StatementsInput, required=True)
    answers = fields.Nested(AnswersInput, required=True)


class ApplicationEvidenceQuery(ApplicationVersionQuery):
    topic = fields.Enum(EvidenceTopic, by_value=True, required=True)


class EligibilityInput(ApplicationReasonInput):
    decision = fields.Enum(EligibilityDecision, by_value=True, required=True)


class StaffMemberInput(ApplicationWrite):
    kind = fields.Enum(StaffKind, by_value=True, required=True)
    name = Text(most=80, required=True)
    qualification = Text(most=120, required=True)
    certificate_number = Text(most=80, least=0, required=True)
    valid_from_on = fields.Date(required=True)
    valid_to_on = fields.Date(required=True, allow_none=True)


class CentreInput(ApplicationWrite):
    name = Text(most=120, required=True)
    district = Text(most=40, required=True)
    address = Text(most=200, required=True)


class RoomInput(ApplicationWrite):
    name = Text(most=80, required=True)
    kind = fields.Enum(RoomKind, by_value=True, required=True)
    seats = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=10_000))
    has_video = fields.Boolean(required=True)
    equipment = Text(most=2000, least=0, required=True)


class DeclarationInput(ApplicationWrite):
    digest = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{64}\Z"))
    signer_name = Text(most=80, required=True)


class ApplicationReceiptQuery(ApplicationVersionQuery):
    number = Text(most=80, required=True)
    received_on = fields.Date(required=True)


class OrganisationWindow(Base):
    """The organisations' window at this moment: the one that is open, or the next."""

    is_open = fields.Boolean(required=True)
    opens_at = Instant(required=True)
    closes_at = Instant(required=True)


class ApplicationPermissions(Base):
    may_open_account = fields.Boolean(required=True)
    may_begin = fields.Boolean(required=True)
    may_edit = fields.Boolean(required=True)
    may_decide_eligibility = fields.Boolean(required=True)
    may_export = fields.Boolean(required=True)
    may_withdraw = fields.Boolean(required=True)


class ApplicationFacts(Base):
    standing = fields.Enum(Standing, by_value=True, required=True)
    district = fields.String(required=True)
    eligibility = fields.Enum(EligibilityDecision, by_value=True, required=True, allow_none=True)
    eligibility_reason = fields.String(required=True)
    eligibility_at = Instant(required=True, allow_none=True)
    signature = fields.String(required=True, validate=validate.OneOf(["NONE", "VALID", "VOID"]))
    signer_name = fields.String(required=True, allow_none=True)
    signed_at = Instant(required=True, allow_none=True)
    signed_digest = fields.String(required=True, allow_none=True)
    submitted_at = Instant(required=True, allow_none=True)
    exported_at = Instant(required=True, allow_none=True)
    package_id = fields.UUID(required=True, allow_none=True)
    package_digest = fields.String(required=True, allow_none=True)
    receipt_number = fields.String(required=True, allow_none=True)
    receipt_on = fields.Date(required=True, allow_none=True)
    receipt_at = Instant(required=True, allow_none=True)
    receipt_document_id = fields.UUID(required=True, allow_none=True)


class ApplicationMissing(Base):
    code = fields.String(required=True)
    field = fields.String(required=True)
    item_id = fields.UUID(required=True, allow_none=True)
    severity = fields.String(required=True, validate=validate.OneOf(["error", "warning"]))


class ApplicationView(Base):
    """`application` and `materials` are null before the organisation has begun."""

    case_id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    state = fields.String(required=True)
    scheme_name = fields.String(required=True)
    organisation_name = fields.String(required=True)
    credit_code = fields.String(required=True)
    window = fields.Nested(OrganisationWindow, required=True)
    permissions = fields.Nested(ApplicationPermissions, required=True)
    application = fields.Nested(ApplicationFacts, required=True, allow_none=True)
    materials = fields.Nested(ApplicationMaterials, required=True, allow_none=True)
    materials_digest = fields.String(required=True, allow_none=True)
    missing = fields.List(fields.Nested(ApplicationMissing), required=True)
