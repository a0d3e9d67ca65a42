"""Desks as seen from outside."""

from marshmallow import fields, validate

from examsvc.accounts.roles import Role
from examsvc.core.web.schemas import Base, Instant, Text
from examsvc.registry.cases.models import BatchState, DocumentKind
from examsvc.registry.cases.schemas import CaseLine, DepartmentView, DocumentView
from examsvc.registry.cases.states import CaseState, Step
from examsvc.registry.desks.annex_schemas import MainContentView, ProposalView
from examsvc.registry.desks.tasks import TaskKind

PAGE_SIZE, MOST_ON_A_PAGE, LONGEST_SEARCH = 50, 100, 80


class CaseQuery(Base):
    state = fields.Enum(CaseState)
    step = fields.Enum(Step)
    q = Text(most=LONGEST_SEARCH, least=0)
    after = fields.String(validate=validate.Length(max=120))
    limit = fields.Integer(load_default=PAGE_SIZE, validate=validate.Range(1, MOST_ON_A_PAGE))


class CasePage(Base):
    """`next` is the cursor of the page after this one, null on the last."""

    items = fields.List(fields.Nested(CaseLine), required=True)
    next = fields.String(required=True, allow_none=True)
    server_now = Instant(required=True)


class RecommendationBrief(Base):
    id = fields.UUID(required=True)
    title = fields.String(required=True)
    state = fields.Enum(BatchState, required=True)


class CaseView(CaseLine):
    """A case with all that the page of it shows; the two annexes are null before anything was written.

    `upload_kinds`: what the caller may add to it now; `may_withdraw`: whether the caller's department may withdraw it.
    """

    reason = fields.String(required=True)
    proposal = fields.Nested(ProposalView, required=True, allow_none=True)
    main_content = fields.Nested(MainContentView, required=True, allow_none=True)
    documents = fields.List(fields.Nested(DocumentView), required=True)
    recommendation = fields.Nested(RecommendationBrief, required=True)
    upload_kinds = fields.List(fields.Enum(DocumentKind), required=True)
    may_withdraw = fields.Boolean(required=True)
    server_now = Instant(required=True)


class CaseEvent(Base):
    """Who did what when; `document_id` when it was done with a file of the case."""

    at = Instant(required=True)
    actor_name = fields.String(required=True)
    action = fields.String(required=True)
    detail = fields.Dict(keys=fields.String(), required=True)
    document_id = fields.UUID(required=True, allow_none=True)


class CaseHistory(Base):
    items = fields.List(fields.Nested(CaseEvent), required=True)


class CaseUploadForm(Base):
    kind = fields.Enum(DocumentKind, required=True)
    topic = Text(most=40, least=0, load_default="")


class StateCount(Base):
    """How many cases are in a state, since when the oldest, and how many are past their deadline or near it."""

    state = fields.Enum(CaseState, required=True)
    step = fields.Enum(Step, required=True, allow_none=True)
    count = fields.Integer(required=True)
    oldest_since_at = Instant(required=True, allow_none=True)
    next_due_at = Instant(required=True, allow_none=True)
    overdue = fields.Integer(required=True)
    due_soon = fields.Integer(required=True)


class StageCounts(Base):
    items = fields.List(fields.Nested(StateCount), required=True)
    server_now = Instant(required=True)


class WaitingCount(StateCount):
    role = fields.Enum(Role, required=True)


class TaskLine(Base):
    """Something in a case that waits for an expert or a district bureau."""

    kind = fields.Enum(TaskKind, required=True)
    case_id = fields.UUID(required=True, allow_none=True)
    name = fields.String(required=True)
    since_at = Instant(required=True, allow_none=True)


class CaseDesk(Base):
    """What waits for the person: counts by state, the most urgent cases themselves, and tasks in cases."""

    tasks = fields.List(fields.Nested(TaskLine), required=True)
    waiting = fields.List(fields.Nested(WaitingCount), required=True)
    cases = fields.List(fields.Nested(CaseLine), required=True)
    server_now = Instant(required=True)


class AffiliationInput(Base):
    """A department by its name, an organisation by its credit code, a district by its name."""

    department = Text(most=120, load_default=None, allow_none=True)
    credit_code = Text(most=18, load_default=None, allow_none=True)
    district = Text(most=40, load_default=None, allow_none=True)


class AffiliationView(Base):
    account_id = fields.UUID(required=True)
    username = fields.String(required=True)
    name = fields.String(required=True)
    department = fields.String(required=True, allow_none=True)
    credit_code = fields.String(required=True, allow_none=True)
    organisation = fields.String(required=True, allow_none=True)
    district = fields.String(required=True, allow_none=True)


class AffiliatedPerson(AffiliationView):
    roles = fields.List(fields.String(), required=True)


class KnownOrganisation(Base):
    name = fields.String(required=True)
    credit_code = fields.String(required=True)
    district = fields.String(required=True)


class AffiliationOverview(Base):
    """The active staff by user name, and the places to choose from."""

    people = fields.List(fields.Nested(AffiliatedPerson), required=True)
    departments = fields.List(fields.Nested(DepartmentView), required=True)
    organisations = fields.List(fields.Nested(KnownOrganisation), required=True)


class DepartmentInput(Base):
    name = Text(most=120, required=True)


class DepartmentList(Base):
    items = fields.List(fields.Nested(DepartmentView), required=True)
