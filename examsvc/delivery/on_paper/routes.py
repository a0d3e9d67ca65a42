"""The paper fall-back for the office: print, type in, decide."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.downloads import BINARY, download
from examsvc.core.web.edge import reading, transaction
from examsvc.delivery import enrolling
from examsvc.delivery.on_paper import deciding, printing, putting, typing_in
from examsvc.delivery.on_paper import reading as sheets
from examsvc.delivery.on_paper.double_entry import Copy
from examsvc.delivery.on_paper.schemas import (
    OnPaperList,
    PaperCopyInput,
    PaperDecisionInput,
    PaperDifferences,
    PaperPrintInput,
    PaperSheetCode,
    PaperSheetFound,
    PaperSheetView,
    PaperWithdrawInput,
)

PDF = "application/pdf"
blp = Blueprint("on_paper", __name__, url_prefix="/api/exam-sessions", description="Papers to go on with by hand")
READERS = (Role.OFFICE, Role.QUALITY_SUPERVISOR)
_OF_ENROLMENT = "/<uuid:exam_session_id>/enrolments/<uuid:enrolment_id>/on-paper"


@blp.route("/<uuid:exam_session_id>/on-paper")
class Papers(MethodView):
    @allow(*READERS)
    @blp.response(200, OnPaperList)
    def get(self, exam_session_id: UUID) -> dict[str, Any]:
        """Who is on paper and how far that is, and who may be put there."""
        with reading() as db:
            return {"items": sheets.listing(db, exam_session_id, by=caller(), now=clock.now())}


@blp.route("/<uuid:exam_session_id>/on-paper/print")
class Printing(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(PaperPrintInput)
    @blp.response(200, BINARY, content_type=PDF)
    def post(self, order: dict[str, Any], exam_session_id: UUID) -> Response:
        """Put these candidates on paper and print what they go on with; who is there already is printed again."""
        with transaction() as db:
            manuscript = printing.put_on_paper(db, exam_session_id, **order, by=caller(), now=clock.now())
        printed = manuscript.printed()  # not in the transaction: on SQLite every answer would wait for it
        return download(printed.pdf, printed.file_name, PDF)


@blp.route("/<uuid:exam_session_id>/on-paper/find")
class Finding(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(PaperSheetCode)
    @blp.response(200, PaperSheetFound)
    def post(self, sent: dict[str, str], exam_session_id: UUID) -> dict[str, Any]:
        """Whose sheet was scanned."""
        with reading() as db:
            enrolment, page = sheets.found(db, exam_session_id, sent["code"])
            return {"enrolment_id": enrolment.id, "name": enrolment.candidate.name, "page": page}


@blp.route(_OF_ENROLMENT)
class SheetPage(MethodView):
    @allow(Role.OFFICE)
    @blp.response(200, PaperSheetView)
    def get(self, exam_session_id: UUID, enrolment_id: UUID) -> dict[str, Any]:
        """A sheet to type in: places and letters, nothing of what is asked and nothing of another's copy."""
        with reading() as db:
            return sheets.sheet(db, exam_session_id, enrolment_id, by=caller(), now=clock.now())


@blp.route(f"{_OF_ENROLMENT}/copies")
class Copies(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(PaperCopyInput)
    @blp.response(200, PaperSheetView)
    def post(self, copy: Copy, exam_session_id: UUID, enrolment_id: UUID) -> dict[str, Any]:
        """Type a sheet in; the second person's copy that says the same as the first stores the answers."""
        with transaction() as db:
            sitting = enrolling.enrolment_in(db, exam_session_id, enrolment_id).sitting
            typing_in.type_in(db, sitting.id, copy, by=caller(), now=clock.now())
            return sheets.sheet(db, exam_session_id, enrolment_id, by=caller(), now=clock.now())


@blp.route(f"{_OF_ENROLMENT}/differences")
class DifferencesPage(MethodView):
    @allow(*READERS)
    @blp.response(200, PaperDifferences)
    def get(self, exam_session_id: UUID, enrolment_id: UUID) -> dict[str, Any]:
        """Where both copies differ, or where a machine says otherwise."""
        with reading() as db:
            return sheets.differences(db, exam_session_id, enrolment_id, by=caller(), now=clock.now())

    @allow(Role.OFFICE)
    @blp.arguments(PaperDecisionInput)
    @blp.response(200, PaperSheetView)
    def post(self, decided: dict[str, Any], exam_session_id: UUID, enrolment_id: UUID) -> dict[str, Any]:
        """Decide all of them with the sheet at hand, and store the answers."""
        with transaction() as db:
            sitting = enrolling.enrolment_in(db, exam_session_id, enrolment_id).sitting
            answers, times = decided["answers"], decided["times"]
            deciding.decide(db, sitting.id, answers, times, by=caller(), now=clock.now())
            return sheets.sheet(db, exam_session_id, enrolment_id, by=caller(), now=clock.now())


@blp.route(f"{_OF_ENROLMENT}/withdraw")
class Withdrawing(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(PaperWithdrawInput)
    @blp.response(200, OnPaperList)
    def post(self, order: dict[str, str], exam_session_id: UUID, enrolment_id: UUID) -> dict[str, Any]:
        """Let the candidate go on at a machine after all."""
        with transaction() as db:
            sitting = enrolling.enrolment_in(db, exam_session_id, enrolment_id).sitting
            putting.withdraw(db, sitting.id, **order, by=caller(), now=clock.now())
            return {"items": sheets.listing(db, exam_session_id, by=caller(), now=clock.now())}
