"""Reviews as seen from outside."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Instant
from examsvc.registry.cases.schemas import CaseLine
from examsvc.registry.cases.states import CaseState
from examsvc.registry.reviews.kinds import (
    CheckItem,
    Conclusion,
    MeetingKind,
    MeetingResult,
    NationalReply,
    OpinionValue,
    ReviewKind,
    ReviewState,
)


class CheckPointView(Base):
    item = fields.Enum(CheckItem, required=True)
    ticked = fields.Boolean(required=True)
    note = fields.String(required=True)
    document_id = fields.UUID(required=True, allow_none=True)


class MaterialCheckView(Base):
    round = fields.Integer(required=True)
    items = fields.List(fields.Nested(CheckPointView), required=True)
    conclusion = fields.Enum(Conclusion, required=True)
    note = fields.String(required=True)
    checked_by_name = fields.String(required=True)
    checked_at = Instant(required=True)


class PanellistView(Base):
    """`opinion` is null and `text` empty when not given, or not for the caller to see: `has_opinion` tells which."""

    id = fields.UUID(required=True)
    account_id = fields.UUID(required=True)
    name = fields.String(required=True)
    is_chair = fields.Boolean(required=True)
    has_opinion = fields.Boolean(required=True)
    opinion = fields.Enum(OpinionValue, required=True, allow_none=True)
    text = fields.String(required=True)
    given_at = Instant(required=True, allow_none=True)
    stood_down_at = Instant(required=True, allow_none=True)
    stood_down_reason = fields.String(required=True)


class MeetingView(Base):
    id = fields.UUID(required=True)
    kind = fields.Enum(MeetingKind, required=True)
    starts_at = Instant(required=True)
    place = fields.String(required=True)
    agenda = fields.String(required=True)
    held_at = Instant(required=True, allow_none=True)
    minutes = fields.String(required=True)
    document_id = fields.UUID(required=True, allow_none=True)
    result = fields.Enum(MeetingResult, required=True, allow_none=True)


class ReviewEvent(Base):
    at = Instant(required=True)
    actor_name = fields.String(required=True)
    action = fields.String(required=True)
    detail = fields.Dict(keys=fields.String(), required=True)


class ReviewView(Base):
    """`outstanding`: what the conclusion waits for; it, the panel and the history are empty for whoever may not see."""

    id = fields.UUID(required=True)
    kind = fields.Enum(ReviewKind, required=True)
    round = fields.Integer(required=True)
    state = fields.Enum(ReviewState, required=True)
    opened_at = Instant(required=True)
    conclusion = fields.Enum(Conclusion, required=True, allow_none=True)
    note = fields.String(required=True)
    concluded_by_name = fields.String(required=True)
    concluded_at = Instant(required=True, allow_none=True)
    panellists = fields.List(fields.Nested(PanellistView), required=True)
    meetings = fields.List(fields.Nested(MeetingView), required=True)
    outstanding = fields.List(fields.String(), required=True)
    history = fields.List(fields.Nested(ReviewEvent), required=True)


class DispatchView(Base):
    """A dispatch of the case, with the reply about this case once it came."""

    id = fields.UUID(required=True)
    sent_at = Instant(required=True)
    sent_by_name = fields.String(required=True)
    package_name = fields.String(required=True)
    package_size_bytes = fields.Integer(required=True)
    dispatch_note = fields.String(required=True)
    reply = fields.Enum(NationalReply, required=True, allow_none=True)
    replied_at = Instant(required=True, allow_none=True)
    note = fields.String(required=True)
    document_id = fields.UUID(required=True, allow_none=True)


class CaseReviews(Base):
    """`review_due`: the kind of review that has to be opened now, null when none is due or one is under way."""

    version = fields.Integer(required=True)
    state = fields.Enum(CaseState, required=True)
    review_due = fields.Enum(ReviewKind, required=True, allow_none=True)
    material_checks = fields.List(fields.Nested(MaterialCheckView), required=True)
    reviews = fields.List(fields.Nested(ReviewView), required=True)
    dispatches = fields.List(fields.Nested(DispatchView), required=True)


class CaseMoved(Base):
    """A case after a decision."""

    id = fields.UUID(required=True)
    version = fields.Integer(required=True)
    state = fields.Enum(CaseState, required=True)


class DispatchSent(Base):
    id = fields.UUID(required=True)
    package_name = fields.String(required=True)
    package_size_bytes = fields.Integer(required=True)
    sent_at = Instant(required=True)


class ExpertLine(Base):
    """`conflict` says why the expert must not judge the case: "affiliation", "interest" or null."""

    account_id = fields.UUID(required=True)
    username = fields.String(required=True)
    name = fields.String(required=True)
    open_reviews = fields.Integer(required=True)
    conflict = fields.String(required=True, allow_none=True, validate=validate.OneOf(["affiliation", "interest"]))


class ExpertList(Base):
    items = fields.List(fields.Nested(ExpertLine), required=True)


class OwnReviewLine(Base):
    """A review on whose panel the caller sits, with his own opinion."""

    review_id = fields.UUID(required=True)
    case = fields.Nested(CaseLine, required=True)
    kind = fields.Enum(ReviewKind, required=True)
    round = fields.Integer(required=True)
    state = fields.Enum(ReviewState, required=True)
    opened_at = Instant(required=True)
    conclusion = fields.Enum(Conclusion, required=True, allow_none=True)
    concluded_at = Instant(required=True, allow_none=True)
    is_chair = fields.Boolean(required=True)
    opinion = fields.Enum(OpinionValue, required=True, allow_none=True)
    text = fields.String(required=True)
    given_at = Instant(required=True, allow_none=True)
    opinions_given = fields.Integer(required=True)


class OwnReview(OwnReviewLine):
    review = fields.Nested(ReviewView, required=True)


class OwnReviewPage(Base):
    items = fields.List(fields.Nested(OwnReviewLine), required=True)
    next = fields.String(required=True, allow_none=True)


class InterestView(Base):
    id = fields.UUID(required=True)
    credit_code = fields.String(required=True, allow_none=True)
    department_id = fields.UUID(required=True, allow_none=True)
    what = fields.String(required=True)
    declared_at = Instant(required=True)


class InterestList(Base):
    items = fields.List(fields.Nested(InterestView), required=True)
