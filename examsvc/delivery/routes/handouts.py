"""What the office prints for an exam session."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.downloads import BINARY, download
from examsvc.core.web.edge import transaction
from examsvc.delivery.handouts import printing
from examsvc.delivery.handouts.printing import Handout
from examsvc.delivery.handouts.schemas import HandoutQuery

PDF = "application/pdf"
blp = Blueprint("handouts", __name__, url_prefix="/api/exam-sessions", description="What is printed")


@blp.route("/<uuid:exam_session_id>/handouts")
class Handouts(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(HandoutQuery, location="query")
    @blp.response(200, BINARY, content_type=PDF)
    def get(self, query: dict[str, Any], exam_session_id: UUID) -> Response:
        """Tickets, door lists or sign-in sheets as one PDF, for all rooms or for one."""
        handout: Handout = query["kind"]
        room: UUID | None = query["session_room_id"]
        with transaction() as db:
            manuscript = printing.hand_out(
                db, exam_session_id, handout, session_room_id=room, by=caller(), now=clock.now()
            )
        printed = manuscript.printed()  # not in the transaction: on SQLite every answer would wait for it
        return download(printed.pdf, printed.file_name, PDF)
