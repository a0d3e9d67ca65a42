"""What is printed for whom, what is typed in, and what the office sees of sittings on paper."""

from typing import Any

from marshmallow import fields, post_load, validate

from examsvc.core.web.schemas import Base, Instant, Text
from examsvc.delivery.on_paper.double_entry import Copy, Times
from examsvc.delivery.on_paper.states import PaperState
from examsvc.delivery.rescue.schemas import check_storable
from examsvc.delivery.schemas.parts import GivenInstant, SeatRoom
from examsvc.delivery.schemas.responses import ANSWER_FORMS
from examsvc.delivery.states import SittingState
from questionbank.kinds import ItemType

MOST_AT_ONCE, MOST_QUESTIONS = 200, 1_000


class PaperPrintInput(Base):
    """Whose papers, and why they go on by hand."""

    enrolment_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(min=1, max=MOST_AT_ONCE))
    reason = Text(most=400, required=True)


class PaperWithdrawInput(Base):
    reason = Text(most=400, required=True)


class PaperSheetCode(Base):
    code = Text(most=80, required=True)


class PaperSheetFound(Base):
    enrolment_id = fields.UUID(required=True)
    name = fields.String(required=True)
    page = fields.Integer(required=True)


class OnPaperCandidate(Base):
    """`paper` is how far a candidate on paper is, None for who is not; `typists` are who typed the sheet in so far.

    `left_seconds` were left at `since`. `printable`: their paper can be printed now. `may_type`: the caller may type a
    copy of this sheet.
    """

    enrolment_id = fields.UUID(required=True)
    name = fields.String(required=True)
    ticket_number = fields.String(required=True)
    seat_label = fields.String(required=True)
    room = fields.Nested(SeatRoom, required=True, allow_none=True)
    state = fields.Enum(SittingState, required=True)
    paper = fields.Enum(PaperState, required=True, allow_none=True)
    since = Instant(required=True, allow_none=True)
    left_seconds = fields.Integer(required=True, allow_none=True)
    typists = fields.List(fields.String(), required=True)
    printable = fields.Boolean(required=True)
    may_type = fields.Boolean(required=True)
    stored_count = fields.Integer(required=True)


class OnPaperList(Base):
    items = fields.List(fields.Nested(OnPaperCandidate), required=True)


class PaperSheetPart(Base):
    """A question as a sheet is typed in: the ids behind its letters, in their order; nothing of what is asked.

    `width` and `height` are of a hotspot's picture, in pixels; its grid on paper counts from 0 to 100.
    """

    ref = fields.String(required=True)
    number = fields.Integer(required=True)
    type = fields.Enum(ItemType, required=True)
    options = fields.List(fields.String(), required=True)
    matches = fields.List(fields.String(), required=True)
    gaps = fields.List(fields.List(fields.String()), required=True)
    blanks = fields.Integer(required=True)
    marks = fields.Integer(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    unit = fields.String(required=True)


class PaperSheetQuestion(PaperSheetPart):
    parts = fields.List(fields.Nested(PaperSheetPart), required=True)


def _answer(**options: Any) -> fields.Raw:
    return fields.Raw(allow_none=True, validate=check_storable, metadata={"description": ANSWER_FORMS}, **options)


class PaperSheetView(OnPaperCandidate):
    """`closes_at` is as the clock stood at `since`; `printed` what the paper already showed as answered."""

    closes_at = Instant(required=True)
    questions = fields.List(fields.Nested(PaperSheetQuestion), required=True)
    printed = fields.Dict(keys=fields.String(), values=_answer(), required=True)


class PaperTimesInput(Base):
    began_at = GivenInstant(required=True)
    handed_in_at = GivenInstant(required=True)

    @post_load
    def _as_value(self, data: dict[str, Any], **_: Any) -> Times:
        return Times(**data)


def _answers() -> fields.Dict:
    most = validate.Length(max=MOST_QUESTIONS)
    return fields.Dict(keys=fields.String(), values=_answer(), required=True, validate=most)


class PaperCopyInput(Base):
    """The answer to every question, null where the sheet has none, and the times written on it."""

    times = fields.Nested(PaperTimesInput, required=True)
    answers = _answers()

    @post_load
    def _as_value(self, data: dict[str, Any], **_: Any) -> Copy:
        return Copy(data["answers"], data["times"])


class PaperDecisionInput(Base):
    """The answers that differ, and the times if they do."""

    times = fields.Nested(PaperTimesInput, load_default=None, allow_none=True)
    answers = _answers()


class PaperTimes(Base):
    began_at = Instant(required=True)
    handed_in_at = Instant(required=True)


class PaperLateAnswer(Base):
    """`made_at` is by the page's clock."""

    answer = _answer(required=True)
    made_at = Instant(required=True)


class PaperDifference(Base):
    question = fields.Nested(PaperSheetQuestion, required=True)
    first = _answer(required=True)
    second = _answer(required=True)
    late = fields.Nested(PaperLateAnswer, required=True, allow_none=True)


class PaperDifferences(OnPaperCandidate):
    """What is to be decided with the sheet at hand; `times`: whether the times are."""

    closes_at = Instant(required=True)
    first = fields.Nested(PaperTimes, required=True)
    second = fields.Nested(PaperTimes, required=True)
    times = fields.Boolean(required=True)
    differences = fields.List(fields.Nested(PaperDifference), required=True)
