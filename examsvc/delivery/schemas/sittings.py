"""A sitting as its own candidate sees it, and the steps before it. Nothing here has a place for other people's data."""

from typing import Any

from marshmallow import fields, post_load, validate

from examsvc.core.web.schemas import Base, Instant, Text
from examsvc.delivery.checking_in import Camera, SystemCheck
from examsvc.delivery.safe_browser.states import SafeBrowserState
from examsvc.delivery.schemas.parts import SeatRoom, ServerNow
from examsvc.delivery.schemas.responses import RECEIPT
from examsvc.delivery.states import CameraRule, ClockRule, FinishReason, NavigationRule, SittingState, TextSize
from examsvc.delivery.timing import Phase


class SittingExamSession(Base):
    id = fields.UUID(required=True)
    title = fields.String(required=True)
    code = fields.String(required=True)
    place = fields.String(required=True)
    camera_rule = fields.Enum(CameraRule, required=True)
    clock_rule = fields.Enum(ClockRule, required=True)
    navigation = fields.Enum(NavigationRule, required=True)
    calculator_allowed = fields.Boolean(required=True)
    late_extends_time = fields.Boolean(required=True)
    last_minutes_consent = fields.Integer(required=True)
    accept_offline = fields.Boolean(required=True)
    ends_at = Instant(required=True)


class SittingCandidate(Base):
    name = fields.String(required=True)
    identity_masked = fields.String(required=True)
    has_photo = fields.Boolean(required=True)


class Steps(Base):
    identity_confirmed_at = Instant(required=True, allow_none=True)
    undertaking_signed_at = Instant(required=True, allow_none=True)
    system_checked_at = Instant(required=True, allow_none=True)


class GivenDisplay(Base):
    """How the paper is shown at first, by what was decided for the candidate; who sits there may change it."""

    text_size = fields.Enum(TextSize, required=True, allow_none=True)
    high_contrast = fields.Boolean(required=True)


class SittingView(Base):
    """A candidate's own sitting; durations in seconds unless the name says minutes.

    `entered_at` is since when its paper could be read: opened, or its key released at a common start while the claim is
    still on the way. `preload_opens_at` is from when the sealed paper is given out.
    `absent_at` is the last instant at which whoever has not come, to the door or the machine, is not absent.
    `earliest_hand_in_minutes` count from the beginning; None when nobody hands in before the end.
    `safe_browser` says whether this log-in may claim the sitting, as far as Safe Exam Browser is concerned.
    `consent_from` is the last instant at which handing in needs no proctor's consent, None when it never does.
    `turned_away_at`: the candidate was not let in at the door, and does nothing here until that is undone.
    `on_paper_at`: since then the sitting continues on paper, and no page answers any more.
    """

    sitting_id = fields.UUID(required=True)
    state = fields.Enum(SittingState, required=True)
    phase = fields.Enum(Phase, required=True)
    server_now = ServerNow(required=True, dump_only=True)
    starts_at = Instant(required=True)
    entry_closes_at = Instant(required=True)
    absent_at = Instant(required=True)
    closes_at = Instant(required=True, allow_none=True)
    minutes = fields.Integer(required=True)
    extra_seconds = fields.Integer(required=True)
    earliest_hand_in_at = Instant(required=True, allow_none=True)
    earliest_hand_in_minutes = fields.Integer(required=True, allow_none=True)
    consent_from = Instant(required=True, allow_none=True)
    break_ends_at = Instant(required=True, allow_none=True)
    break_seconds_left = fields.Integer(required=True)
    display = fields.Nested(GivenDisplay, required=True)
    exam_session = fields.Nested(SittingExamSession, required=True)
    candidate = fields.Nested(SittingCandidate, required=True)
    ticket_number = fields.String(required=True)
    seat_number = fields.Integer(required=True)
    seat_label = fields.String(required=True)
    room = fields.Nested(SeatRoom, required=True, allow_none=True)
    steps = fields.Nested(Steps, required=True)
    entered_at = Instant(required=True, allow_none=True)
    preload_opens_at = Instant(required=True)
    safe_browser = fields.Enum(SafeBrowserState, required=True)
    question_count = fields.Integer(required=True)
    answered_count = fields.Integer(required=True)
    epoch = fields.Integer(required=True)
    turned_away_at = Instant(required=True, allow_none=True)
    on_paper_at = Instant(required=True, allow_none=True)
    finished_at = Instant(required=True, allow_none=True)
    finish_reason = fields.Enum(FinishReason, required=True, allow_none=True)
    rescue_key = fields.String(
        required=True, metadata={"description": "The P-256 point, base64url, that rescue files are encrypted to."}
    )
    receipt = fields.String(
        required=True, allow_none=True, metadata={"description": f"{RECEIPT} Null unless handed in or time was up."}
    )


class UndertakingInput(Base):
    name = Text(most=80, required=True)


class SystemCheckInput(Base):
    camera = fields.Enum(Camera, required=True)
    storage = fields.Boolean(required=True)
    clock_offset_ms = fields.Integer(required=True, strict=True, validate=validate.Range(min=-(10**12), max=10**12))
    round_trip_ms = fields.Integer(required=True, strict=True, validate=validate.Range(min=0, max=10**9))
    screen = fields.String(required=True, validate=validate.Regexp(r"\A[0-9]{1,5}x[0-9]{1,5}\Z"))

    @post_load
    def _as_value(self, data: dict[str, Any], **_: Any) -> SystemCheck:
        return SystemCheck(**data)
