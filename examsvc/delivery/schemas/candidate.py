"""Logging in with a ticket, and the sittings that the candidate finds then."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Instant, Text
from examsvc.delivery.schemas.parts import SeatRoom
from examsvc.delivery.states import SittingState


class TicketLogin(Base):
    ticket_number = Text(most=24, required=True)
    proof = fields.String(required=True, load_only=True, validate=validate.Length(min=1, max=200))


class OwnExamSession(Base):
    id = fields.UUID(required=True)
    title = fields.String(required=True)
    code = fields.String(required=True)
    place = fields.String(required=True)
    starts_at = Instant(required=True)
    ends_at = Instant(required=True)
    minutes = fields.Integer(required=True)
    safe_browser_needed = fields.Boolean(required=True)


class OwnSitting(Base):
    sitting_id = fields.UUID(required=True, attribute="id")
    state = fields.Enum(SittingState, required=True)
    exam_session = fields.Nested(OwnExamSession, required=True, attribute="enrolment.exam_session")
    ticket_number = fields.String(required=True, attribute="enrolment.ticket_number")
    seat_number = fields.Integer(required=True, attribute="enrolment.seat_number")
    seat_label = fields.String(required=True, attribute="enrolment.seat_label")
    room = fields.Nested(SeatRoom, required=True, allow_none=True, attribute="enrolment.room")


class OwnSittings(Base):
    items = fields.List(fields.Nested(OwnSitting), required=True)
