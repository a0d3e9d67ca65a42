"""The paper fall-back on the wall: chief proctors print. Typing in and deciding is the office's."""

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
from proctoring import paper
from proctoring.schemas.wall import PaperOrder

blp = Blueprint("wall-on-paper", __name__, url_prefix="/api/wall", description="Proctoring, papers to go on by hand")
PDF = "application/pdf"


@blp.route("/<uuid:exam_session_id>/on-paper/print")
class Printing(MethodView):
    @allow(Role.PROCTOR)
    @blp.arguments(PaperOrder)
    @blp.response(200, BINARY, content_type=PDF)
    def post(self, order: dict[str, Any], exam_session_id: UUID) -> Response:
        """Put these candidates on paper and print what they go on with; who is there already is printed again."""
        with transaction() as db:
            manuscript = paper.put_on_paper(db, exam_session_id, **order, by=caller(), now=clock.now())
        printed = manuscript.printed()  # not in the transaction: on SQLite every answer would wait for it
        return download(printed.pdf, printed.file_name, PDF)
