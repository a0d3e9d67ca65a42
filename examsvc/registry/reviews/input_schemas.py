"""What reviews take in."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Instant, Text
from examsvc.registry.reviews.kinds import (
    CheckItem,
    Conclusion,
    MeetingKind,
    MeetingResult,
    NationalReply,
    OpinionValue,
)

MOST_NOTE, MOST_TEXT, MOST_PANEL, PAGE_SIZE, MOST_ON_A_PAGE = 2000, 5000, 15, 50, 100


class ReviewVersion(Base):
    """A write on a case names the version that its author saw."""

    version = fields.Integer(required=True)


class CheckPointInput(Base):
    item = fields.Enum(CheckItem, required=True)
    ticked = fields.Boolean(required=True)
    note = Text(most=MOST_NOTE, least=0, load_default="")
    document_id = fields.UUID(load_default=None, allow_none=True)


class ConclusionInput(ReviewVersion):
    """`note` is required for RETURN and REJECT, and for what departs from the experts."""

    conclusion = fields.Enum(Conclusion, required=True)
    note = Text(most=MOST_NOTE, least=0, load_default="")


class MaterialCheckInput(ConclusionInput):
    items = fields.List(
        fields.Nested(CheckPointInput), required=True, validate=validate.Length(min=1, max=len(CheckItem))
    )


class AppointmentInput(Base):
    account_id = fields.UUID(required=True)
    is_chair = fields.Boolean(load_default=False)


class ReviewInput(ReviewVersion):
    panel = fields.List(fields.Nested(AppointmentInput), required=True, validate=validate.Length(max=MOST_PANEL))


class ReplacementInput(ReviewVersion):
    account_id = fields.UUID(required=True)
    reason = Text(most=MOST_NOTE, required=True)


class MeetingPlanInput(ReviewVersion):
    starts_at = Instant(required=True)
    place = Text(most=200, required=True)
    agenda = Text(most=MOST_TEXT, least=0, load_default="")


class MeetingInput(MeetingPlanInput):
    kind = fields.Enum(MeetingKind, required=True)


class MinutesForm(ReviewVersion):
    held_at = Instant(required=True)
    minutes = Text(most=MOST_TEXT, required=True)
    result = fields.Enum(MeetingResult, required=True)


class OpinionInput(Base):
    """`number`: how many opinions the expert had given in this review when he saw it last."""

    number = fields.Integer(required=True)
    opinion = fields.Enum(OpinionValue, required=True)
    text = Text(most=MOST_TEXT, required=True)


class InterestInput(Base):
    """One of `credit_code` and `department_id`."""

    credit_code = Text(most=18, least=18, load_default=None, allow_none=True)
    department_id = fields.UUID(load_default=None, allow_none=True)
    what = Text(most=MOST_NOTE, required=True)


class OwnInterestInput(Base):
    what = Text(most=MOST_NOTE, required=True)


class DispatchedInput(Base):
    case_id = fields.UUID(required=True)
    version = fields.Integer(required=True)


class DispatchInput(Base):
    cases = fields.List(fields.Nested(DispatchedInput), required=True, validate=validate.Length(min=1, max=100))
    note = Text(most=MOST_NOTE, least=0, load_default="")


class ReplyForm(ReviewVersion):
    reply = fields.Enum(NationalReply, required=True)
    replied_at = Instant(required=True)
    note = Text(most=MOST_NOTE, least=0, load_default="")


class SelectionInput(ReviewVersion):
    is_selected = fields.Boolean(required=True)
    note = Text(most=MOST_NOTE, least=0, load_default="")


class ConsentForm(ReviewVersion):
    note = Text(most=MOST_NOTE, least=0, load_default="")


class ConsentRefusalInput(ReviewVersion):
    note = Text(most=MOST_NOTE, required=True)


class ExpertQuery(Base):
    q = Text(most=40, least=0, load_default="")


class OwnReviewQuery(Base):
    is_open = fields.Boolean(load_default=True)
    after = fields.String(validate=validate.Length(max=120))
    limit = fields.Integer(load_default=PAGE_SIZE, validate=validate.Range(1, MOST_ON_A_PAGE))
