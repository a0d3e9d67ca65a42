"""The door of a room as a proctor's tablet asks and shows it."""

from marshmallow import fields, validate

from examsvc.core.web.schemas import Base, Instant, Text
from examsvc.delivery.attendance.states import DoorEvent, Grounds, Presence
from examsvc.delivery.identity_documents import DocumentType
from examsvc.registry.applications.kinds import RoomKind
from proctoring.schemas.wall import WatchedSession

MOST_ABSENT = 500


class CheckInInput(Base):
    """The document that the person showed, compared with face and photo."""

    document_type = fields.Enum(DocumentType, required=True)


class TurningAwayInput(Base):
    grounds = fields.Enum(Grounds, required=True)
    note = Text(most=400, least=0, load_default="")
    document_type = fields.Enum(DocumentType, load_default=None, allow_none=True)


class UndoingInput(Base):
    """The reason goes on record; also for an absence that is taken back."""

    reason = Text(most=400, required=True)


class TicketInput(Base):
    """A ticket's QR code as scanned, or its number as typed."""

    text = Text(most=80, required=True)


class AbsencesInput(Base):
    """Exactly these sittings are marked absent, or none of them."""

    sitting_ids = fields.List(fields.UUID(), required=True, validate=validate.Length(max=MOST_ABSENT))


class TicketSeat(Base):
    sitting_id = fields.UUID(required=True)


class ScannedText(Base):
    """None when no QR code was found in the picture."""

    text = fields.String(required=True, allow_none=True)


class LastAtDoor(Base):
    """What last happened to a candidate at the door."""

    event = fields.Enum(DoorEvent, required=True)
    at = Instant(required=True)
    by = fields.String(required=True, attribute="by.display_name")
    document_type = fields.Enum(DocumentType, required=True, allow_none=True)
    grounds = fields.Enum(Grounds, required=True, allow_none=True)
    note = fields.String(required=True)


class DoorSeat(Base):
    """A seat with who belongs there. `may_be_absent`: nobody came to it while entry was open."""

    sitting_id = fields.UUID(required=True)
    seat_number = fields.Integer(required=True)
    seat_label = fields.String(required=True)
    ticket_number = fields.String(required=True)
    name = fields.String(required=True)
    has_photo = fields.Boolean(required=True)
    document_type = fields.Enum(DocumentType, required=True)
    identity_masked = fields.String(required=True)
    presence = fields.Enum(Presence, required=True)
    may_be_absent = fields.Boolean(required=True)
    has_entered = fields.Boolean(required=True)
    station = fields.Integer(required=True, allow_none=True)
    last = fields.Nested(LastAtDoor, required=True, allow_none=True)


class DoorRoom(Base):
    """`counts` says how many candidates are how present."""

    session_room_id = fields.UUID(required=True)
    number = fields.Integer(required=True)
    name = fields.String(required=True)
    kind = fields.Enum(RoomKind, by_value=True, required=True)
    counts = fields.Dict(keys=fields.Enum(Presence), values=fields.Integer(), required=True)
    absence_confirmed_at = Instant(required=True, allow_none=True)


class Doors(Base):
    """`own_room_id` is the room that the caller serves in."""

    exam_session = fields.Nested(WatchedSession, required=True)
    rooms = fields.List(fields.Nested(DoorRoom), required=True)
    own_room_id = fields.UUID(required=True, allow_none=True)


class Roll(DoorRoom):
    """`may_act`: whether the caller lets people in here, and not only looks; `may_take_back`: whether absences too."""

    may_act = fields.Boolean(required=True)
    may_take_back = fields.Boolean(required=True)
    server_now = Instant(required=True)
    starts_at = Instant(required=True)
    entry_closes_at = Instant(required=True)
    absence_confirmed_by = fields.String(required=True, allow_none=True)
    seats = fields.List(fields.Nested(DoorSeat), required=True)
