"""What a candidate's page does over HTTP when it has no socket."""

from typing import Any
from uuid import UUID

from flask import request
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.errors import TooLarge
from examsvc.core.web.edge import arrived_at, reading, transaction
from proctoring import imaging, receipts, watching
from proctoring.floor import floor
from proctoring.hub import Taken
from proctoring.schemas.candidate import CommandsQuery, EventsInput, FrameHeaders, FrameReceipt, ShownCommands
from proctoring.states import EventKind
from proctoring.watching import Noticed

blp = Blueprint("candidate-proctoring", __name__, url_prefix="/api/sittings", description="Proctoring, candidates")
MOST_BODY_BYTES = imaging.MOST_BYTES + 4 * 1024  # a multipart body has headers of its own
FRAME_BODY = {
    "content": {
        "image/jpeg": {"schema": {"type": "string", "format": "binary"}},
        "multipart/form-data": {
            "schema": {"type": "object", "properties": {"frame": {"type": "string", "format": "binary"}}}
        },
    }
}


@blp.route("/<uuid:sitting_id>/frames")
class Frames(MethodView):
    @allow(Role.CANDIDATE)
    @blp.doc(requestBody=FRAME_BODY)
    @blp.arguments(FrameHeaders, location="headers")
    @blp.response(200, FrameReceipt)
    def post(self, meta: dict[str, Any], sitting_id: UUID) -> Taken:
        """Send one camera frame: a JPEG of at most 64 KB and 1280 x 960, as the body or as the file `frame`."""
        jpeg = _sent_frame()
        with reading() as db:
            sitting = watching.check_camera(db, sitting_id, by=caller())
            exam_session_id = sitting.enrolment.exam_session_id
        return floor().take_frame(exam_session_id, sitting_id, jpeg, now=clock.now(), **meta)


def _sent_frame() -> bytes:
    """Return the frame; nothing larger than a frame is read."""
    if (request.content_length or 0) > MOST_BODY_BYTES:
        raise TooLarge(limit=imaging.MOST_BYTES)
    request.max_content_length = MOST_BODY_BYTES
    if request.mimetype == "multipart/form-data":
        sent = request.files.get("frame")
        return sent.stream.read() if sent else b""
    return request.get_data(cache=False)


@blp.route("/<uuid:sitting_id>/events")
class Events(MethodView):
    @allow(Role.CANDIDATE)
    @blp.arguments(EventsInput)
    @blp.response(204)
    def post(self, sent: dict[str, Any], sitting_id: UUID) -> None:
        """Report what the page noticed."""
        noticed = [Noticed(EventKind(each["kind"]), each["client_at"], each["detail"]) for each in sent["events"]]
        with transaction() as db:
            watching.report(db, sitting_id, noticed, by=caller(), now=arrived_at())


@blp.route("/<uuid:sitting_id>/commands")
class Commands(MethodView):
    @allow(Role.CANDIDATE)
    @blp.arguments(CommandsQuery, location="query")
    @blp.response(200, ShownCommands)
    def get(self, query: dict[str, Any], sitting_id: UUID) -> dict[str, Any]:
        """The proctors' commands after an instant, oldest first."""
        now = clock.now()
        with reading() as db:
            items = receipts.since(db, sitting_id, after=query["after"], by=caller(), now=now)
            return {"items": items, "server_now": now}


@blp.route("/<uuid:sitting_id>/commands/<uuid:command_id>/shown")
class CommandShown(MethodView):
    @allow(Role.CANDIDATE)
    @blp.response(204)
    def post(self, sitting_id: UUID, command_id: UUID) -> None:
        """Say that the page has shown a command."""
        with transaction() as db:
            receipts.shown(db, sitting_id, command_id, by=caller(), now=clock.now())
