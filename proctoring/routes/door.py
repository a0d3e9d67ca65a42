"""The door of a room on a proctor's tablet: the roll, tickets, checking in, turning away, absences."""

from typing import Any
from uuid import UUID

from flask import request
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock, qr
from examsvc.core.errors import TooLarge
from examsvc.core.web.edge import reading, transaction
from examsvc.delivery.attendance import admitting
from examsvc.delivery.attendance.admitting import TurnedAway
from examsvc.delivery.identity_documents import DocumentType
from proctoring import door, membership
from proctoring.schemas.door import (
    AbsencesInput,
    CheckInInput,
    Doors,
    Roll,
    ScannedText,
    TicketInput,
    TicketSeat,
    TurningAwayInput,
    UndoingInput,
)

blp = Blueprint("door", __name__, url_prefix="/api/door", description="Proctoring, doors of rooms")
MOST_PICTURE_BYTES, MOST_PIXELS = 512 * 1024, 1920 * 1200
PICTURE = {"content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}}


@blp.route("/<uuid:exam_session_id>")
class SessionDoors(MethodView):
    @allow(Role.PROCTOR)
    @blp.response(200, Doors)
    def get(self, exam_session_id: UUID) -> dict[str, Any]:
        """The exam session's rooms, with how many came to each."""
        with reading() as db:
            return door.doors(db, exam_session_id, by=caller())


@blp.route("/<uuid:exam_session_id>/rooms/<uuid:session_room_id>")
class RoomRoll(MethodView):
    @allow(Role.PROCTOR)
    @blp.response(200, Roll)
    def get(self, exam_session_id: UUID, session_room_id: UUID) -> dict[str, Any]:
        """Every seat of the room, with who belongs there and whether they came."""
        with reading() as db:
            return door.roll(db, exam_session_id, session_room_id, by=caller(), now=clock.now())


@blp.route("/<uuid:exam_session_id>/rooms/<uuid:session_room_id>/ticket")
class Ticket(MethodView):
    @allow(Role.PROCTOR)
    @blp.arguments(TicketInput)
    @blp.response(200, TicketSeat)
    def post(self, sent: dict[str, str], exam_session_id: UUID, session_room_id: UUID) -> dict[str, UUID]:
        """Whose ticket it is, scanned or typed; one of another room is refused with where it belongs."""
        with reading() as db:
            return {"sitting_id": door.seat_of(db, exam_session_id, session_room_id, sent["text"], by=caller())}


@blp.route("/<uuid:exam_session_id>/scanned-picture")
class ScannedPicture(MethodView):
    @allow(Role.PROCTOR)
    @blp.doc(requestBody=PICTURE)
    @blp.response(200, ScannedText)
    def post(self, exam_session_id: UUID) -> dict[str, str | None]:
        """What a QR code in a tablet's picture says, for browsers that cannot read one themselves; nothing is kept."""
        with reading() as db:
            membership.watched_session(db, exam_session_id, by=caller())
        if (request.content_length or 0) > MOST_PICTURE_BYTES:
            raise TooLarge(limit=MOST_PICTURE_BYTES)
        request.max_content_length = MOST_PICTURE_BYTES
        return {"text": qr.read(request.get_data(cache=False), most_pixels=MOST_PIXELS)}


@blp.route("/<uuid:exam_session_id>/sittings/<uuid:sitting_id>/check-in")
class CheckIn(MethodView):
    @allow(Role.PROCTOR)
    @blp.arguments(CheckInInput)
    @blp.response(200, Roll)
    def post(self, sent: dict[str, DocumentType], exam_session_id: UUID, sitting_id: UUID) -> dict[str, Any]:
        """Record that the candidate came and is the person on the document; a repeat changes nothing."""
        now = clock.now()
        with transaction() as db:
            room_id = door.room_of(db, exam_session_id, sitting_id, by=caller())
            admitting.check_in(db, sitting_id, sent["document_type"], by=caller(), now=now)
            return door.roll(db, exam_session_id, room_id, by=caller(), now=now)


@blp.route("/<uuid:exam_session_id>/sittings/<uuid:sitting_id>/turning-away")
class TurningAway(MethodView):
    @allow(Role.PROCTOR)
    @blp.arguments(TurningAwayInput)
    @blp.response(200, Roll)
    def post(self, sent: dict[str, Any], exam_session_id: UUID, sitting_id: UUID) -> dict[str, Any]:
        """Record why somebody is not let in."""
        now = clock.now()
        with transaction() as db:
            room_id = door.room_of(db, exam_session_id, sitting_id, by=caller())
            admitting.turn_away(db, sitting_id, TurnedAway(**sent), by=caller(), now=now)
            return door.roll(db, exam_session_id, room_id, by=caller(), now=now)


@blp.route("/<uuid:exam_session_id>/sittings/<uuid:sitting_id>/undoing")
class Undoing(MethodView):
    @allow(Role.PROCTOR)
    @blp.arguments(UndoingInput)
    @blp.response(200, Roll)
    def post(self, sent: dict[str, str], exam_session_id: UUID, sitting_id: UUID) -> dict[str, Any]:
        """Take a check-in or a turning-away back that was a mistake, with the reason."""
        now = clock.now()
        with transaction() as db:
            room_id = door.room_of(db, exam_session_id, sitting_id, by=caller())
            admitting.undo(db, sitting_id, **sent, by=caller(), now=now)
            return door.roll(db, exam_session_id, room_id, by=caller(), now=now)


@blp.route("/<uuid:exam_session_id>/rooms/<uuid:session_room_id>/absences")
class Absences(MethodView):
    @allow(Role.PROCTOR)
    @blp.arguments(AbsencesInput)
    @blp.response(200, Roll)
    def post(self, sent: dict[str, list[UUID]], exam_session_id: UUID, session_room_id: UUID) -> dict[str, Any]:
        """Confirm who is absent in the room, once entry is closed."""
        now = clock.now()
        with transaction() as db:
            door.confirm_absent(db, exam_session_id, session_room_id, **sent, by=caller(), now=now)
            return door.roll(db, exam_session_id, session_room_id, by=caller(), now=now)


@blp.route("/<uuid:exam_session_id>/sittings/<uuid:sitting_id>/absence-undoing")
class AbsenceUndoing(MethodView):
    @allow(Role.PROCTOR)
    @blp.arguments(UndoingInput)
    @blp.response(200, Roll)
    def post(self, sent: dict[str, str], exam_session_id: UUID, sitting_id: UUID) -> dict[str, Any]:
        """Expect an absent candidate again, with the reason; takes a chief proctor."""
        now = clock.now()
        with transaction() as db:
            door.take_absence_back(db, exam_session_id, sitting_id, **sent, by=caller(), now=now)
            room_id = door.room_of(db, exam_session_id, sitting_id, by=caller())
            return door.roll(db, exam_session_id, room_id, by=caller(), now=now)
