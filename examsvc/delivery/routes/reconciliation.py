"""Reconciliation at the edge: pages report their journals, the office reads the comparison."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.downloads import BINARY, download
from examsvc.core.web.edge import reading, settings, transaction
from examsvc.core.web.schemas import Nothing
from examsvc.delivery.reconciling import printing, reconciliation, reporting, statements
from examsvc.delivery.reconciling.reconciliation import Reconciliation
from examsvc.delivery.reconciling.schemas import JournalReportInput, ReconciliationView
from examsvc.delivery.routes.arriving import arrival

blp = Blueprint("reconciliation", __name__, url_prefix="/api", description="Reconciliation")
READERS = (Role.OFFICE, Role.DECISION_MAKER, Role.QUALITY_SUPERVISOR)


@blp.route("/sittings/<uuid:sitting_id>/journal-report")
class JournalReports(MethodView):
    @allow(Role.CANDIDATE)
    @blp.arguments(JournalReportInput)
    @blp.response(200, Nothing)
    def put(self, told: dict[str, Any], sitting_id: UUID) -> dict[str, Any]:
        """Tell how far this page's journal goes: after the network came back, when it is left, and at the end."""
        with transaction() as db:
            reporting.report(db, sitting_id, told["epochs"], told["receipt"], by=caller(), now=arrival())
            return {}


@blp.route("/exam-sessions/<uuid:exam_session_id>/reconciliation")
class ReconciliationPage(MethodView):
    @allow(*READERS)
    @blp.response(200, ReconciliationView)
    def get(self, exam_session_id: UUID) -> Reconciliation:
        """Acknowledged = stored = written, by room; every difference by name; signed."""
        with reading() as db:
            return reconciliation.reconcile(db, exam_session_id, now=clock.now())


@blp.route("/exam-sessions/<uuid:exam_session_id>/reconciliation.json")
class ReconciliationStatement(MethodView):
    @allow(*READERS)
    @blp.response(200, BINARY, content_type="application/json")
    def get(self, exam_session_id: UUID) -> Response:
        """The same as a signed file, which `examsvc receipt reconciliation FILE` checks."""
        with reading() as db:
            found = reconciliation.reconcile(db, exam_session_id, now=clock.now())
        name = f"核对报告-{found.exam_session.code}.json"
        return download(statements.document(found), name, "application/json")


@blp.route("/exam-sessions/<uuid:exam_session_id>/reconciliation.pdf")
class ReconciliationDocument(MethodView):
    @allow(*READERS)
    @blp.response(200, BINARY, content_type="application/pdf")
    def get(self, exam_session_id: UUID) -> Response:
        """The same as a document."""
        with reading() as db:
            found = reconciliation.reconcile(db, exam_session_id, now=clock.now())
            pdf = printing.pdf(found, settings().font_paths)
        return download(pdf, f"核对报告-{found.exam_session.code}.pdf", "application/pdf")
