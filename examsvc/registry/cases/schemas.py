"""Cases as seen from outside; the areas build on these."""

from flask_smorest.fields import Upload
from marshmallow import fields

from examsvc.accounts.roles import Role
from examsvc.core.web.schemas import Base, Instant
from examsvc.registry.cases.models import DocumentKind
from examsvc.registry.cases.states import CaseState, Step


class FileInput(Base):
    """An uploaded file."""

    file = Upload(required=True)


class DepartmentView(Base):
    id = fields.UUID(required=True)
    name = fields.String(required=True)


class CaseLine(Base):
    """A case in a list. `step` is null once it ended before the list; `waits_for` when nobody has to act."""

    id = fields.UUID(required=True)
    number = fields.String(required=True)
    version = fields.Integer(required=True)
    state = fields.Enum(CaseState, required=True)
    step = fields.Enum(Step, required=True, allow_none=True)
    state_since_at = Instant(required=True)
    due_at = Instant(required=True, allow_none=True)
    waits_for = fields.Enum(Role, required=True, allow_none=True)
    department = fields.Nested(DepartmentView, required=True)
    position = fields.Integer(required=True)
    scheme_name = fields.String(required=True)
    occupation_code = fields.String(required=True)
    occupation_name = fields.String(required=True)
    industries = fields.String(required=True)
    organisation_name = fields.String(required=True)
    credit_code = fields.String(required=True)
    district = fields.String(required=True, allow_none=True)
    expected_candidates = fields.Integer(required=True)
    recommendation_id = fields.UUID(required=True)


class DocumentView(Base):
    """A file; `of_recommendation` says that it belongs to the whole batch."""

    id = fields.UUID(required=True)
    kind = fields.Enum(DocumentKind, required=True)
    topic = fields.String(required=True)
    file_name = fields.String(required=True)
    media_type = fields.String(required=True)
    size_bytes = fields.Integer(required=True)
    digest = fields.String(required=True)
    uploaded_by_name = fields.String(required=True)
    uploaded_at = Instant(required=True)
    of_recommendation = fields.Function(lambda kept: kept.case_id is None, metadata={"type": "boolean"}, required=True)
