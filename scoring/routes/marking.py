"""Assigning examiners, marking on tablets, signing, and the results."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.models import Account
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import arrived_at, reading, transaction
from examsvc.core.web.signatures import SignatureInput
from scoring import assigning, examining, marking, reporting, signing
from scoring.marking import MarkEvent
from scoring.schemas.assignments import ExaminerList, ExaminersInput
from scoring.schemas.marks import MarkBatchInput, MarkReceiptView
from scoring.schemas.results import ResultList
from scoring.schemas.sheets import ExaminedSessionList, SheetList, SheetView

blp = Blueprint("scoring", __name__, url_prefix="/api", description="Score sheets and results")
READERS = (Role.OFFICE, Role.DECISION_MAKER, Role.QUALITY_SUPERVISOR, Role.REGISTRAR)


@blp.route("/exam-sessions/<uuid:exam_session_id>/examiners")
class Examiners(MethodView):
    @allow(*READERS)
    @blp.response(200, ExaminerList)
    def get(self, exam_session_id: UUID) -> dict[str, list[Account]]:
        """Who examines in this exam session."""
        with reading() as db:
            return {"items": assigning.examiners(db, exam_session_id)}

    @allow(Role.OFFICE)
    @blp.arguments(ExaminersInput)
    @blp.response(200, ExaminerList)
    def put(self, chosen: dict[str, list[UUID]], exam_session_id: UUID) -> dict[str, list[Account]]:
        """Make exactly these people the examiners."""
        ids = chosen["account_ids"]
        with transaction() as db:
            return {"items": assigning.assign_examiners(db, exam_session_id, ids, by=caller(), now=clock.now())}


@blp.route("/examiner/sessions")
class ExaminerSessions(MethodView):
    @allow(Role.EXAMINER)
    @blp.response(200, ExaminedSessionList)
    def get(self) -> dict[str, Any]:
        """The exam sessions I examine in."""
        with reading() as db:
            return {"items": examining.exam_sessions(db, by=caller(), now=clock.now())}


@blp.route("/examiner/sessions/<uuid:exam_session_id>/sheets")
class ExaminerSheets(MethodView):
    @allow(Role.EXAMINER)
    @blp.response(200, SheetList)
    def get(self, exam_session_id: UUID) -> dict[str, Any]:
        """My sheets of an exam session; nobody else's."""
        with reading() as db:
            return examining.own_sheets(db, exam_session_id, by=caller(), now=clock.now())


@blp.route("/sheets/<uuid:sheet_id>")
class Sheet(MethodView):
    @allow(Role.EXAMINER)
    @blp.response(200, SheetView)
    def get(self, sheet_id: UUID) -> dict[str, Any]:
        """One of my sheets."""
        with reading() as db:
            return examining.sheet_view(db, sheet_id, by=caller(), now=clock.now())


@blp.route("/sheets/<uuid:sheet_id>/marks")
class SheetMarks(MethodView):
    @allow(Role.EXAMINER)
    @blp.arguments(MarkBatchInput)
    @blp.response(200, MarkReceiptView)
    def put(self, batch: dict[str, Any], sheet_id: UUID) -> dict[str, Any]:
        """Send what a tablet has noted; sending it again changes nothing."""
        events = [MarkEvent(**event) for event in batch["events"]]
        with transaction() as db:
            receipt = marking.save_marks(db, sheet_id, batch["device_id"], events, by=caller(), now=arrived_at())
            return examining.receipt_view(receipt)


@blp.route("/sheets/<uuid:sheet_id>/signature")
class SheetSignature(MethodView):
    @allow(Role.EXAMINER)
    @blp.arguments(SignatureInput)
    @blp.response(200, SheetView)
    def post(self, signature: dict[str, Any], sheet_id: UUID) -> dict[str, Any]:
        """Sign the sheet that was shown, as named by its digest."""
        digest, now = signature.pop("digest"), clock.now()
        with transaction() as db:
            signing.sign_sheet(db, sheet_id, signature, digest, by=caller(), now=now)
            return examining.sheet_view(db, sheet_id, by=caller(), now=now)


@blp.route("/exam-sessions/<uuid:exam_session_id>/results")
class Results(MethodView):
    @allow(*READERS)
    @blp.response(200, ResultList)
    def get(self, exam_session_id: UUID) -> dict[str, Any]:
        """The results with every examiner's total; names only for the office and the decision maker."""
        with reading() as db:
            return {"items": reporting.results(db, exam_session_id, by=caller())}
