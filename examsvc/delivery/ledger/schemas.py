"""The time ledger as seen from outside; lengths in whole seconds."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Instant
from examsvc.delivery.ledger.states import Cause, CreditState
from examsvc.delivery.states import SittingState

CHANGES = ("EXTENDED", "PAUSED", "RESUMED", "REOPENED", "CREDITED", "CREDIT_VOID", "ACCOMMODATED", "START_MOVED")


class CreditView(Base):
    """One sitting's credit; `extra_seconds` were given by proctors beside it.

    `lapsed_because`: why the start was moved that made it void, None of every other.
    """

    id = fields.UUID(required=True)
    sitting_id = fields.UUID(required=True)
    seat = fields.String(required=True)
    name = fields.String(required=True)
    sitting_state = fields.Enum(SittingState, required=True)
    extra_seconds = fields.Integer(required=True)
    seconds = fields.Integer(required=True)
    state = fields.Enum(CreditState, required=True)
    decided_by = fields.String(required=True, allow_none=True)
    decided_at = Instant(required=True, allow_none=True)
    reason = fields.String(required=True)
    lapsed_because = fields.String(required=True, allow_none=True)


class OutageView(Base):
    id = fields.UUID(required=True)
    cause = fields.Enum(Cause, required=True)
    from_at = Instant(required=True)
    to_at = Instant(required=True)
    noted_at = Instant(required=True)
    note = fields.String(required=True)
    room = fields.String(required=True, allow_none=True)
    credits = fields.List(fields.Nested(CreditView), required=True)


class TimeLedger(Base):
    items = fields.List(fields.Nested(OutageView), required=True)


class ClockChange(Base):
    """What changed a candidate's own clock, and why.

    `from_at` and `to_at` bound an outage, or are the start before and after it was moved. `seconds` and `break_seconds`
    are negative when an accommodation gives less than before.
    """

    at = Instant(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(CHANGES))
    seconds = fields.Integer(required=True, allow_none=True)
    break_seconds = fields.Integer(required=True, allow_none=True)
    is_display_changed = fields.Boolean(required=True)
    cause = fields.Enum(Cause, required=True, allow_none=True)
    from_at = Instant(required=True, allow_none=True)
    to_at = Instant(required=True, allow_none=True)
    reason = fields.String(required=True)


class ClockChanges(Base):
    items = fields.List(fields.Nested(ClockChange), required=True)
