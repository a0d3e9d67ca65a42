"""Accommodations as the office decides and sees them. There is no field for what somebody suffers from."""

from typing import Any

from marshmallow import ValidationError, fields, post_load, validate, validates_schema

from examsvc.core.web.schemas import Base, Instant, Text
from examsvc.delivery.accommodations.resolving import Grant
from examsvc.delivery.states import TextSize

MOST_MINUTES = 240
MOST_PERCENT = 300
MOST_MEMBERS = 2_000


class GrantInput(Base):
    """What is given; what is left out or null is not decided. `time_percent` is 125 for a quarter more time."""

    extra_minutes = fields.Integer(strict=True, allow_none=True, validate=validate.Range(min=0, max=MOST_MINUTES))
    time_percent = fields.Integer(strict=True, allow_none=True, validate=validate.Range(min=100, max=MOST_PERCENT))
    break_minutes = fields.Integer(strict=True, allow_none=True, validate=validate.Range(min=0, max=MOST_MINUTES))
    text_size = fields.Enum(TextSize, allow_none=True)
    high_contrast = fields.Boolean(allow_none=True)
    separate_room = fields.Boolean(allow_none=True)
    screen_reader = fields.Boolean(allow_none=True)

    @validates_schema
    def _check_time(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("extra_minutes") is not None and data.get("time_percent") is not None:
            raise ValidationError("Either minutes or a share of the time.", "time_percent")

    @post_load
    def _as_value(self, data: dict[str, Any], **_: Any) -> Grant:
        return Grant(**data)


class AccommodationInput(Base):
    """For a group, for an enrolment, or with neither for everybody in the exam session."""

    group_id = fields.UUID(load_default=None, allow_none=True)
    enrolment_id = fields.UUID(load_default=None, allow_none=True)
    grant = fields.Nested(GrantInput, required=True)
    basis = Text(most=400, required=True)
    document = Text(most=200, required=True)

    @validates_schema
    def _check_scope(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("group_id") and data.get("enrolment_id"):
            raise ValidationError("Either a group or an enrolment.", "enrolment_id")


class AccommodationView(Base):
    id = fields.UUID(required=True)
    group_id = fields.UUID(required=True, allow_none=True)
    enrolment_id = fields.UUID(required=True, allow_none=True)
    extra_minutes = fields.Integer(required=True, allow_none=True)
    time_percent = fields.Integer(required=True, allow_none=True)
    break_minutes = fields.Integer(required=True, allow_none=True)
    text_size = fields.Enum(TextSize, required=True, allow_none=True)
    high_contrast = fields.Boolean(required=True, allow_none=True)
    separate_room = fields.Boolean(required=True, allow_none=True)
    screen_reader = fields.Boolean(required=True, allow_none=True)
    basis = fields.String(required=True)
    document = fields.String(required=True)
    decided_at = Instant(required=True)


class GroupView(Base):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    members = fields.List(fields.UUID(), required=True)


class AccommodationList(Base):
    """Every decision, and the groups by name with the enrolments in them."""

    items = fields.List(fields.Nested(AccommodationView), required=True)
    groups = fields.List(fields.Nested(GroupView), required=True)


class WithdrawInput(Base):
    reason = Text(most=400, required=True)


class GroupInput(Base):
    name = Text(most=60, required=True)


class MembersInput(Base):
    members = fields.List(fields.UUID(), required=True, validate=validate.Length(max=MOST_MEMBERS))
