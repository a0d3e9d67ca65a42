"""Public notices, and what a case's page shows of its publicity, as seen from outside."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Instant, Text
from examsvc.registry.cases.schemas import CaseLine
from examsvc.registry.models import FilingState
from examsvc.registry.publicity.spans import Counting
from examsvc.registry.publicity.states import NoticeKind, NoticeState

MOST_LINES, MOST_CASES = 100, 200
_WORKING_DAYS = validate.Range(min=1, max=60)


class NewestFirstQuery(Base):
    """`after` is the `next` of the page before."""

    after = fields.String(load_default=None, validate=validate.Length(max=200))
    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=MOST_LINES))


class NoticeQuery(NewestFirstQuery):
    state = fields.Enum(NoticeState, load_default=None)


class WaitingQuery(NewestFirstQuery):
    kind = fields.Enum(NoticeKind, required=True)


class NoticeView(Base):
    """公示; `state` is now's, `policy` names how working days were counted, `ends_at` is 24:00 of `ends_on`."""

    id = fields.UUID(required=True)
    kind = fields.Enum(NoticeKind, required=True)
    number = fields.String(required=True)
    title = fields.String(required=True)
    text = fields.String(required=True)
    state = fields.Enum(NoticeState, required=True)
    working_days = fields.Integer(required=True)
    policy = fields.String(required=True)
    posted_at = Instant(required=True)
    opens_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    ends_at = Instant(required=True)
    cancelled_because = fields.String(required=True)


class NoticePage(Base):
    items = fields.List(fields.Nested(NoticeView), required=True)
    next = fields.String(required=True, allow_none=True)


class NoticePlace(Base):
    """A case in a notice; `left_at` when it left after an upheld objection."""

    case_id = fields.UUID(required=True)
    number = fields.String(required=True)
    scheme_name = fields.String(required=True)
    occupation_code = fields.String(required=True)
    occupation_name = fields.String(required=True)
    organisation_name = fields.String(required=True)
    credit_code = fields.String(required=True)
    district = fields.String(required=True, allow_none=True)
    left_at = Instant(required=True, allow_none=True)


class NoticeWhole(NoticeView):
    cases = fields.List(fields.Nested(NoticePlace), required=True)


class WaitingCases(Base):
    items = fields.List(fields.Nested(CaseLine), required=True)
    next = fields.String(required=True, allow_none=True)


class SpanQuery(Base):
    kind = fields.Enum(NoticeKind, required=True)
    working_days = fields.Integer(load_default=None, validate=_WORKING_DAYS)
    counting = fields.Enum(Counting, load_default=None)


class SpanView(Base):
    """What a notice posted now would span."""

    working_days = fields.Integer(required=True)
    counting = fields.Enum(Counting, required=True)
    opens_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    ends_at = Instant(required=True)


class NoticeCaseInput(Base):
    case_id = fields.UUID(required=True)
    version = fields.Integer(required=True)


class NoticeInput(Base):
    """`working_days` is demanded for schemes; for organisations it is five."""

    kind = fields.Enum(NoticeKind, required=True)
    title = Text(most=120, required=True)
    text = Text(most=5000, least=0, load_default="")
    working_days = fields.Integer(load_default=None, validate=_WORKING_DAYS)
    counting = fields.Enum(Counting, load_default=None)
    cases = fields.List(fields.Nested(NoticeCaseInput), required=True, validate=validate.Length(min=1, max=MOST_CASES))


class PublishedReasonInput(Base):
    reason = Text(most=1000, required=True)


class ObjectionCounts(Base):
    open = fields.Integer(required=True)
    upheld = fields.Integer(required=True)
    dismissed = fields.Integer(required=True)


class FilingBrief(Base):
    id = fields.UUID(required=True)
    number = fields.String(required=True)
    valid_from_on = fields.Date(required=True)
    valid_to_on = fields.Date(required=True)
    state = fields.Enum(FilingState, by_value=True, required=True)


class CasePublicity(Base):
    """The notices, objections and filing of one case."""

    version = fields.Integer(required=True)
    notices = fields.List(fields.Nested(NoticeView), required=True)
    objections = fields.Nested(ObjectionCounts, required=True)
    filing = fields.Nested(FilingBrief, required=True, allow_none=True)
