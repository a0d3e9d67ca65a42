"""The rooms and seats of an exam session: what the office sends and sees."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Text
from examsvc.delivery.rooms.seating import Order, Spread
from examsvc.delivery.rooms.using import USUAL_CAPACITY
from examsvc.delivery.states import ExamSessionState, SittingState
from examsvc.registry.applications.kinds import RoomKind

MOST_SEATS = 10_000


def _seats(*, required: bool) -> fields.Integer:
    places = validate.Range(min=1, max=MOST_SEATS)
    return fields.Integer(strict=True, validate=places, required=required, allow_none=not required)


class RoomUseInput(Base):
    """Without `capacity` the room takes 30, or all its seats when it has fewer."""

    room_id = fields.UUID(required=True)
    capacity = _seats(required=False)
    is_separate = fields.Boolean(load_default=False)


class RoomUseChange(Base):
    capacity = _seats(required=True)
    is_separate = fields.Boolean(required=True)


class SeatPlanInput(Base):
    """`separate` names enrolments that need a separate room beside those who are granted one."""

    order = fields.Enum(Order, required=True)
    spread = fields.Enum(Spread, load_default=Spread.FILL)
    separate = fields.List(fields.UUID(), load_default=list, validate=validate.Length(max=MOST_SEATS))


class SeatChange(Base):
    session_room_id = fields.UUID(required=True)
    seat_number = _seats(required=True)
    reason = Text(most=400, required=True)


class RoomWishQuery(Base):
    """Without `centre_id` the site of the rooms in use already, else any one site."""

    centre_id = fields.UUID(load_default=None)
    kind = fields.Enum(RoomKind, by_value=True, load_default=RoomKind.COMPUTER)
    seats_a_room = fields.Integer(load_default=USUAL_CAPACITY, validate=validate.Range(min=1, max=MOST_SEATS))


class RoomWishInput(Base):
    centre_id = fields.UUID(load_default=None, allow_none=True)
    kind = fields.Enum(RoomKind, by_value=True, load_default=RoomKind.COMPUTER)
    seats_a_room = fields.Integer(
        strict=True, load_default=USUAL_CAPACITY, validate=validate.Range(min=1, max=MOST_SEATS)
    )


class RoomTakeOver(Base):
    """`wish` is what the proposal was asked for, `rooms` those that it showed."""

    wish = fields.Nested(RoomWishInput, required=True)
    rooms = fields.List(fields.UUID(), required=True, validate=validate.Length(max=MOST_SEATS))
    order = fields.Enum(Order, required=True)
    spread = fields.Enum(Spread, load_default=Spread.FILL)


class ProposedRoom(Base):
    room_id = fields.UUID(required=True)
    name = fields.String(required=True)
    seats = fields.Integer(required=True)
    centre = fields.String(required=True)
    address = fields.String(required=True)
    capacity = fields.Integer(required=True)
    is_separate = fields.Boolean(required=True)


class RoomProposalView(Base):
    """`kept` rooms are used already; `seats` are those of all rooms together; `apart` people sit in separate rooms."""

    enrolled = fields.Integer(required=True)
    apart = fields.Integer(required=True)
    kept = fields.Integer(required=True)
    seats = fields.Integer(required=True)
    rooms = fields.List(fields.Nested(ProposedRoom), required=True)


class RoomChoice(Base):
    """`used_by`: the published exam session that has the room at the same time."""

    room_id = fields.UUID(required=True)
    name = fields.String(required=True)
    kind = fields.Enum(RoomKind, by_value=True, required=True)
    seats = fields.Integer(required=True)
    has_video = fields.Boolean(required=True)
    centre = fields.String(required=True)
    centre_id = fields.UUID(required=True)
    address = fields.String(required=True)
    used_by = fields.String(required=True, allow_none=True)


class SeatedCandidate(Base):
    """`separate_room`: an accommodation says so; the plan then keeps a separate room for them."""

    enrolment_id = fields.UUID(required=True, attribute="id")
    seat_number = fields.Integer(required=True)
    seat_label = fields.String(required=True)
    name = fields.String(required=True, attribute="candidate.name")
    ticket_number = fields.String(required=True)
    has_photo = fields.Function(lambda enrolment: enrolment.candidate.photo_digest is not None, required=True)
    form_number = fields.Integer(required=True, allow_none=True, attribute="sitting.form_number")
    state = fields.Enum(SittingState, required=True, attribute="sitting.state")
    separate_room = fields.Boolean(required=True, attribute="sitting.separate_room")


class RoomInUse(Base):
    id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    capacity = fields.Integer(required=True)
    is_separate = fields.Boolean(required=True)
    room_id = fields.UUID(required=True)
    name = fields.String(required=True)
    kind = fields.Enum(RoomKind, by_value=True, required=True)
    seats = fields.Integer(required=True)
    has_video = fields.Boolean(required=True)
    is_open = fields.Boolean(required=True)
    centre = fields.String(required=True)
    address = fields.String(required=True)
    placed = fields.List(fields.Nested(SeatedCandidate), required=True)


class SeatPlanView(Base):
    """`seats` are those of all rooms together; `seed` repeats the last plan by chance."""

    state = fields.Enum(ExamSessionState, required=True)
    seed = fields.String(required=True, allow_none=True)
    enrolled = fields.Integer(required=True)
    seats = fields.Integer(required=True)
    rooms = fields.List(fields.Nested(RoomInUse), required=True)
    unplaced = fields.List(fields.Nested(SeatedCandidate), required=True)
    choices = fields.List(fields.Nested(RoomChoice), required=True)
