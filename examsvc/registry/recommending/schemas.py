"""Recommending as it answers."""

from marshmallow import fields

from examsvc.core.web.schemas import Base, Instant
from examsvc.registry.cases.models import BatchState
from examsvc.registry.cases.schemas import CaseLine, DepartmentView, DocumentView
from examsvc.registry.recommending.inputs import MainContentInput, ProposalInput
from examsvc.registry.recommending.problems import Severity


class ProblemView(Base):
    """An error keeps the batch from being submitted. `field` is a path, as `main_content.work_tasks.0.name`."""

    code = fields.String(required=True)
    severity = fields.Enum(Severity, by_value=True, required=True)
    field = fields.String(required=True)
    detail = fields.String(required=True)


class RowView(CaseLine):
    reason = fields.String(required=True)
    credit_code_proven = fields.Boolean(required=True)
    problems = fields.List(fields.Nested(ProblemView), required=True)


class RowProposal(ProposalInput):
    """建议书 as it is kept."""


class RowMainContent(MainContentInput):
    """主要考核内容 as it is kept."""


class RowDetail(RowView):
    """A row with its annexes; `main_content` is null before anything of it was written."""

    recommendation_version = fields.Integer(required=True)
    proposal = fields.Nested(RowProposal, required=True)
    main_content = fields.Nested(RowMainContent, required=True, allow_none=True)


class WrittenView(Base):
    """The case's and the batch's versions after writing, and all problems of the row."""

    version = fields.Integer(required=True)
    recommendation_version = fields.Integer(required=True)
    problems = fields.List(fields.Nested(ProblemView), required=True)


class SubmissionWindow(Base):
    """`opens_at` and `closes_at` are the ends of the open window, or of the next; both belong to it."""

    is_open = fields.Boolean(required=True)
    opens_at = Instant(required=True)
    closes_at = Instant(required=True)
    next_opens_at = Instant(required=True)


class RecommendationHead(Base):
    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    title = fields.String(required=True)
    contact_name = fields.String(required=True)
    contact_phone = fields.String(required=True)
    state = fields.Enum(BatchState, required=True)
    created_at = Instant(required=True)
    submitted_at = Instant(required=True, allow_none=True)
    department = fields.Nested(DepartmentView, required=True)


class RecommendationLine(RecommendationHead):
    row_count = fields.Integer(required=True)


class RecommendationList(Base):
    items = fields.List(fields.Nested(RecommendationLine), required=True)
    next = fields.String(required=True, allow_none=True)


class RecommendationView(RecommendationHead):
    """`missing` holds codes of what a draft still lacks: rows_missing, rows_have_errors, sealed_scan_missing,
    sealed_scan_outdated (annex 1 says something else than when it was sealed).
    """

    window = fields.Nested(SubmissionWindow, required=True)
    rows = fields.List(fields.Nested(RowView), required=True)
    documents = fields.List(fields.Nested(DocumentView), required=True)
    missing = fields.List(fields.String(), required=True)
