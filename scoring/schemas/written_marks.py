"""Written answers as their markers see them: codes, never candidates. Values are integer hundredths of a point."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Instant, Text
from scoring.written.states import Duty, MarkingState


class MarkedSession(Base):
    id = fields.UUID(required=True)
    code = fields.String(required=True)
    title = fields.String(required=True)
    place = fields.String(required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    marking_state = fields.Enum(MarkingState, required=True)
    answers = fields.Integer(required=True)
    marked = fields.Integer(required=True)


class MarkedSessionList(Base):
    items = fields.List(fields.Nested(MarkedSession), required=True)


class MarkedQuestionLine(Base):
    version_id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    points = fields.Integer(required=True)
    duty = fields.Enum(Duty, required=True)
    answers = fields.Integer(required=True)
    marked = fields.Integer(required=True)


class MarkedSessionView(Base):
    exam_session = fields.Nested(MarkedSession, required=True)
    questions = fields.List(fields.Nested(MarkedQuestionLine), required=True)


class MarkedMedium(Base):
    digest = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(["PICTURE", "AUDIO", "VIDEO"]))
    media_type = fields.String(required=True)
    alt = fields.String(load_default="")
    plays = fields.Integer()


class WrittenPartView(Base):
    """What is written to: the question itself (`part` empty) or a part of a case, with its marking guide."""

    part = fields.String(required=True)
    stem = fields.String(required=True)
    media = fields.List(fields.Nested(MarkedMedium), required=True)
    most = fields.Integer(required=True)
    length = fields.Integer(required=True, allow_none=True)
    reference = fields.String(required=True)
    guide = fields.List(fields.String(), required=True)


class WrittenAnswerLine(Base):
    """`value` and `note` are the caller's own mark; `is_decided`: the arbiter decided, it does not change any more."""

    answer_id = fields.UUID(required=True)
    code = fields.String(required=True)
    part = fields.String(required=True)
    value = fields.Integer(required=True, allow_none=True)
    note = fields.String(required=True)
    is_decided = fields.Boolean(required=True)


class MarkedQuestionView(Base):
    """`stem` and `media` are those that a case's parts share, or the question's own."""

    version_id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    points = fields.Integer(required=True)
    duty = fields.Enum(Duty, required=True)
    stem = fields.String(required=True)
    media = fields.List(fields.Nested(MarkedMedium), required=True)
    parts = fields.List(fields.Nested(WrittenPartView), required=True)
    answers = fields.List(fields.Nested(WrittenAnswerLine), required=True)


class GivenMark(Base):
    value = fields.Integer(required=True)
    note = fields.String(required=True)


class WrittenAnswerView(WrittenAnswerLine):
    """`given` are the two marks in dispute, for the arbiter alone and without saying whose."""

    text = fields.String(required=True)
    answer_digest = fields.String(required=True, allow_none=True)
    most = fields.Integer(required=True)
    step = fields.Integer(required=True)
    marking_state = fields.Enum(MarkingState, required=True)
    duty = fields.Enum(Duty, required=True)
    given = fields.List(fields.Nested(GivenMark), required=True)


class WrittenMarkInput(Base):
    """`answer_digest` names the text that was shown; sending the same event again changes nothing."""

    event_id = fields.UUID(required=True)
    value = fields.Integer(required=True, strict=True, allow_none=True, validate=validate.Range(0, 10_000))
    note = Text(most=500, least=0, load_default="")
    answer_digest = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{64}$"))
