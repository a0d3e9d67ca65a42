"""The marking of written answers as the office sees it. Values are integer hundredths of a point."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Instant
from questionbank.kinds import ItemType
from scoring.written.settling import STEPS
from scoring.written.states import Duty, MarkingState

MOST_DUTIES = 1000


class WrittenDutyInput(Base):
    """`item_version_id` null: for every question that names nobody itself."""

    account_id = fields.UUID(required=True)
    duty = fields.Enum(Duty, required=True)
    item_version_id = fields.UUID(required=True, allow_none=True)


class WrittenDivisionInput(Base):
    """`tolerance`: percent of an answer's most by which two marks may differ; `step`: hundredths of a point."""

    tolerance = fields.Integer(required=True, strict=True, validate=validate.Range(0, 100))
    step = fields.Integer(required=True, strict=True, validate=validate.OneOf(STEPS))
    duties = fields.List(fields.Nested(WrittenDutyInput), required=True, validate=validate.Length(max=MOST_DUTIES))


class WrittenMissing(Base):
    """What keeps the marking open: answers without two marks, disputes without a decision, sittings not over."""

    unmarked = fields.Integer(required=True)
    disputed = fields.Integer(required=True)
    sittings = fields.Integer(required=True)


class WrittenCounts(Base):
    blank = fields.Integer(required=True)
    open = fields.Integer(required=True)
    disputed = fields.Integer(required=True)
    agreed = fields.Integer(required=True)
    decided = fields.Integer(required=True)


class WrittenQuestionProgress(Base):
    """`stem` is empty for a secret bank. Parts are counted one by one."""

    version_id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    code = fields.String(required=True)
    type = fields.Enum(ItemType, required=True)
    stem = fields.String(required=True)
    points = fields.Integer(required=True)
    answers = fields.Nested(WrittenCounts, required=True)


class WrittenMarkerProgress(Base):
    account_id = fields.UUID(required=True)
    name = fields.String(required=True)
    duty = fields.Enum(Duty, required=True)
    answers = fields.Integer(required=True)
    marked = fields.Integer(required=True)


class WrittenMarkingView(Base):
    state = fields.Enum(MarkingState, required=True)
    closed_at = Instant(required=True, allow_none=True)
    tolerance = fields.Integer(required=True)
    step = fields.Integer(required=True)
    has_marks = fields.Boolean(required=True)
    missing = fields.Nested(WrittenMissing, required=True)
    questions = fields.List(fields.Nested(WrittenQuestionProgress), required=True)
    duties = fields.List(fields.Nested(WrittenDutyInput), required=True)
    people = fields.List(fields.Nested(WrittenMarkerProgress), required=True)
