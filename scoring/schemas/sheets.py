"""Score sheets as their examiner sees them. All scores are integer hundredths of a point."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Instant
from examsvc.core.web.signatures import Signature
from examsvc.delivery.states import ExamSessionState
from questionbank.kinds import CriterionKind
from scoring.states import SheetState


class ExaminedSession(Base):
    """An exam session as its examiners see it."""

    id = fields.UUID(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    place = fields.String(required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    state = fields.Enum(ExamSessionState, required=True)
    is_open = fields.Boolean(required=True, metadata={"description": "Marks are taken."})


class ExaminedSessionLine(ExaminedSession):
    sheets = fields.Integer(required=True)
    signed = fields.Integer(required=True)


class ExaminedSessionList(Base):
    items = fields.List(fields.Nested(ExaminedSessionLine), required=True)


class PracticalTaskName(Base):
    code = fields.String(required=True)
    title = fields.String(required=True)


class NumberedTask(PracticalTaskName):
    """A practical task with its place on the paper."""

    number = fields.Integer(required=True)


class SheetLine(Base):
    """An own sheet in a list; the candidate is a number."""

    sheet_id = fields.UUID(required=True)
    candidate_number = fields.String(required=True)
    practical_task = fields.Nested(NumberedTask, required=True)
    state = fields.Enum(SheetState, required=True)
    marked = fields.Integer(required=True)
    criteria = fields.Integer(required=True)
    total = fields.Integer(required=True, allow_none=True)


class SheetList(Base):
    exam_session = fields.Nested(ExaminedSession, required=True)
    items = fields.List(fields.Nested(SheetLine), required=True)


class PermittedValue(Base):
    value = fields.Integer(required=True)
    text = fields.String(required=True)


class CriterionView(Base):
    number = fields.Integer(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(list(CriterionKind)))
    text = fields.String(required=True)
    guidance = fields.String(required=True)
    most = fields.Integer(required=True)
    values = fields.List(fields.Nested(PermittedValue), required=True)


class MarkView(Base):
    criterion = fields.Integer(required=True)
    value = fields.Integer(required=True)
    note = fields.String(required=True)


class DeviceView(Base):
    device_id = fields.String(required=True)
    acknowledged_seq = fields.Integer(required=True)


class WorkTaskName(Base):
    number = fields.Integer(required=True)
    name = fields.String(required=True)


class SheetView(SheetLine):
    """An own sheet, whole. `digest` is what a signature would stand under, once nothing is missing."""

    exam_session = fields.Nested(ExaminedSession, required=True)
    work_task = fields.Nested(WorkTaskName, required=True)
    brief = fields.String(required=True)
    minutes = fields.Integer(required=True)
    criteria = fields.List(fields.Nested(CriterionView), required=True)  # type: ignore[assignment]
    examiner_name = fields.String(required=True)
    devices = fields.List(fields.Nested(DeviceView), required=True)
    marks = fields.List(fields.Nested(MarkView), required=True)
    vetoed = fields.Boolean(required=True)
    digest = fields.String(required=True, allow_none=True)
    signed_at = Instant(required=True, allow_none=True)
    signature = fields.Nested(Signature, required=True, allow_none=True)
