"""The development as seen from outside."""

from marshmallow import fields, validate

from examsvc.core.calendar.deadlines import DeadlinePolicy
from examsvc.core.web.schemas import Base, Instant, Text
from examsvc.registry.cases.states import CaseState

MOST_MINUTES = 600
MOST_TASKS = 40
PERCENT = validate.Range(0, 100)


class DevelopmentShares(Base):
    """Percent of the total."""

    theory = fields.Integer(required=True, strict=True, validate=PERCENT)
    practical = fields.Integer(required=True, strict=True, validate=PERCENT)


class SpecificationInput(Base):
    """`shares` follow the work tasks of annex 3 in their order; each pair makes the task's weight."""

    version = fields.Integer(required=True, strict=True)
    audience = Text(required=True, most=5000)
    theory_minutes = fields.Integer(required=True, strict=True, validate=validate.Range(1, MOST_MINUTES))
    shares = fields.List(
        fields.Nested(DevelopmentShares), required=True, validate=validate.Length(min=1, max=MOST_TASKS)
    )


class PlannedTask(Base):
    number = fields.Integer(required=True)
    name = fields.String(required=True)
    weight = fields.Integer(required=True)


class PlannedContent(Base):
    """What annexes 2 and 3 say, for the specification to begin with."""

    definition = fields.String(required=True)
    audience = fields.String(required=True)
    work_tasks = fields.List(fields.Nested(PlannedTask), required=True)


class SpecifiedTask(PlannedTask):
    theory_share = fields.Integer(required=True)
    practical_share = fields.Integer(required=True)


class SpecificationHandedIn(Base):
    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    audience = fields.String(required=True)
    theory_minutes = fields.Integer(required=True)
    work_tasks = fields.List(fields.Nested(SpecifiedTask), required=True)
    handed_in_at = Instant(required=True)


class BankHandedIn(Base):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    handed_in_at = Instant(required=True)


class PointCoverage(Base):
    number = fields.Integer(required=True)
    text = fields.String(required=True)
    items = fields.Integer(required=True)


class TaskCoverage(PlannedTask):
    """Approved items and practical tasks that the bank held for a work task when it was handed in."""

    theory_share = fields.Integer(required=True)
    practical_share = fields.Integer(required=True)
    items = fields.Integer(required=True)
    practical_tasks = fields.Integer(required=True)
    knowledge_points = fields.List(fields.Nested(PointCoverage), required=True)


class Reminder(Base):
    days = fields.Integer(required=True)
    at = fields.String(required=True, metadata={"format": "date-time"})


class DevelopmentView(Base):
    """`last_on` is the last day in Shanghai, `due_at` its last instant, still in time."""

    version = fields.Integer(required=True)
    state = fields.Enum(CaseState, required=True)
    server_now = Instant(required=True)
    started_at = Instant(required=True)
    started_on = fields.Date(required=True)
    last_on = fields.Date(required=True)
    due_at = Instant(required=True)
    policy = fields.Enum(DeadlinePolicy, required=True)
    planned = fields.Nested(PlannedContent, required=True)
    specification = fields.Nested(SpecificationHandedIn, required=True, allow_none=True)
    bank = fields.Nested(BankHandedIn, required=True, allow_none=True)
    coverage = fields.List(fields.Nested(TaskCoverage), required=True)
    reminders = fields.List(fields.Nested(Reminder), required=True)
