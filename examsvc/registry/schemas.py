"""The registry as the public sees it."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base
from examsvc.registry.models import FilingState
from examsvc.registry.standing import Standing

MOST_LINES = 100


class FilingChange(Base):
    """What was done to a filing on a day in Shanghai; the reason is published."""

    state = fields.Enum(FilingState, by_value=True, required=True)
    on = fields.Date(required=True)
    reason = fields.String(required=True)


class FilingQuery(Base):
    """Which filings; `after` is the `next` of the page before."""

    q = fields.String(load_default="", validate=validate.Length(max=60))
    standing = fields.Enum(Standing, by_value=True, load_default=None)
    after = fields.UUID(load_default=None)
    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=MOST_LINES))


class FilingView(Base):
    """An organisation may assess a scheme; `standing` is today's, in Shanghai."""

    filing_id = fields.UUID(required=True)
    number = fields.String(required=True)
    organisation = fields.String(required=True)
    credit_code = fields.String(required=True)
    district = fields.String(required=True)
    scheme = fields.String(required=True)
    occupation_code = fields.String(required=True)
    occupation_name = fields.String(required=True)
    industries = fields.String(required=True)
    specification_id = fields.UUID(required=True)
    specification_version = fields.Integer(required=True)
    theory_minutes = fields.Integer(required=True)
    valid_from_on = fields.Date(required=True)
    valid_to_on = fields.Date(required=True)
    standing = fields.Enum(Standing, by_value=True, required=True)
    history = fields.List(fields.Nested(FilingChange), required=True)


class FilingList(Base):
    """A page of the list as it stands on the day `as_of`, in Shanghai."""

    items = fields.List(fields.Nested(FilingView), required=True)
    next = fields.UUID(required=True, allow_none=True)
    as_of = fields.Date(required=True)


class SpecifiedWorkTask(Base):
    """A work task with its 考核比重; shares are percent of the total."""

    number = fields.Integer(required=True)
    name = fields.String(required=True)
    weight = fields.Integer(required=True)
    theory_share = fields.Integer(required=True)
    practical_share = fields.Integer(required=True)
    operations = fields.List(fields.String(), required=True)
    knowledge = fields.List(fields.String(), required=True)


class SpecificationView(Base):
    definition = fields.String(required=True)
    audience = fields.String(required=True)
    theory_minutes = fields.Integer(required=True)
    theory_share = fields.Integer(required=True)
    practical_share = fields.Integer(required=True)
    work_tasks = fields.List(fields.Nested(SpecifiedWorkTask), required=True)


class FilingWhole(FilingView):
    specification = fields.Nested(SpecificationView, required=True)
