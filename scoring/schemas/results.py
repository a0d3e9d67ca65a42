"""Results as seen from outside. All scores are integer hundredths of a point."""

from marshmallow import fields

from examsvc.core.web.schemas import Base
from examsvc.delivery.states import SittingState
from examsvc.delivery.voiding import Subject
from scoring.schemas.sheets import PracticalTaskName
from scoring.states import ComponentKind, ResultState, SheetState


class ExaminerTotal(Base):
    name = fields.String(required=True)
    total = fields.Integer(required=True, allow_none=True)
    vetoed = fields.Boolean(required=True)
    state = fields.Enum(SheetState, required=True)


class PracticalResult(Base):
    work_task = fields.Integer(required=True)
    practical_task = fields.Nested(PracticalTaskName, required=True)
    examiners = fields.List(fields.Nested(ExaminerTotal), required=True)
    mean = fields.Integer(required=True, allow_none=True)


class ComponentView(Base):
    """`share` percent of the whole; `exact_points` is the unrounded value as a fraction of hundredths."""

    kind = fields.Enum(ComponentKind, required=True)
    work_task = fields.Integer(required=True)
    name = fields.String(required=True)
    share = fields.Integer(required=True)
    points = fields.Integer(required=True)
    exact_points = fields.String(required=True)
    most = fields.Integer(required=True)
    weighted = fields.Integer(required=True)


class VoidView(Base):
    """A ruling by which `subject`, or all when it is null, does not count; `reason` is a stable code."""

    subject = fields.Enum(Subject, required=True, allow_none=True)
    reason = fields.String(required=True)
    ruling_id = fields.UUID(required=True)
    ruling_number = fields.String(required=True)


class ResultLine(Base):
    """A result that is VOID has no total and says by which rulings; components tell what was reached, for a review."""

    result_id = fields.UUID(required=True)
    enrolment_id = fields.UUID(required=True)
    candidate_number = fields.String(required=True)
    name = fields.String(required=True, allow_none=True)
    sitting_state = fields.Enum(SittingState, required=True)
    theory = fields.Integer(required=True, allow_none=True)
    practicals = fields.List(fields.Nested(PracticalResult), required=True)
    components = fields.List(fields.Nested(ComponentView), required=True)
    total = fields.Integer(required=True, allow_none=True)
    passed = fields.Boolean(required=True, allow_none=True)
    state = fields.Enum(ResultState, required=True)
    voids = fields.List(fields.Nested(VoidView), required=True)
    digest = fields.String(required=True, allow_none=True)


class ResultList(Base):
    items = fields.List(fields.Nested(ResultLine), required=True)
