"""Filing a case, what happens to filings afterwards, and the report to the national centre."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import blobs, clock
from examsvc.core.clock import shanghai_date
from examsvc.core.db import get
from examsvc.core.web.downloads import download
from examsvc.core.web.edge import reading, transaction
from examsvc.registry import listing
from examsvc.registry.annexes import packages
from examsvc.registry.models import FilingState
from examsvc.registry.publicity import filing, keeping, reporting, views
from examsvc.registry.publicity import reading as pages
from examsvc.registry.publicity.models import FilingReport
from examsvc.registry.publicity.report_schemas import (
    FilingInput,
    ReportPage,
    ReportPeriodInput,
    ReportView,
    SendingInput,
)
from examsvc.registry.publicity.schemas import CasePublicity, NewestFirstQuery, PublishedReasonInput
from examsvc.registry.schemas import FilingWhole

blp = Blueprint("filings", __name__, url_prefix="/api", description="备案: entering, keeping and reporting filings")


@blp.route("/cases/<uuid:case_id>/filing")
class FilingOfCase(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(FilingInput)
    @blp.response(201, CasePublicity)
    def post(self, body: dict[str, int], case_id: UUID) -> dict[str, Any]:
        """File a case whose notice ended without an open objection."""
        now = clock.now()
        with transaction() as db:
            filing.file_case(db, case_id, body["version"], by=caller(), now=now)
            return views.of_case(db, case_id, by=caller(), now=now)


def _change(filing_id: UUID, target: FilingState, reason: str) -> dict[str, Any]:
    now = clock.now()
    with transaction() as db:
        keeping.change_state(db, filing_id, target, reason, by=caller(), now=now)
        return listing.filing(db, filing_id, day=shanghai_date(now))


@blp.route("/registry/filings/<uuid:filing_id>/suspension")
class FilingSuspension(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(PublishedReasonInput)
    @blp.response(200, FilingWhole)
    def post(self, body: dict[str, str], filing_id: UUID) -> dict[str, Any]:
        """Suspend a filing; the reason is published."""
        return _change(filing_id, FilingState.SUSPENDED, body["reason"])


@blp.route("/registry/filings/<uuid:filing_id>/reinstatement")
class FilingReinstatement(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(PublishedReasonInput)
    @blp.response(200, FilingWhole)
    def post(self, body: dict[str, str], filing_id: UUID) -> dict[str, Any]:
        """Let a suspended filing be in force again; the reason is published."""
        return _change(filing_id, FilingState.IN_FORCE, body["reason"])


@blp.route("/registry/filings/<uuid:filing_id>/withdrawal")
class FilingWithdrawal(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(PublishedReasonInput)
    @blp.response(200, FilingWhole)
    def post(self, body: dict[str, str], filing_id: UUID) -> dict[str, Any]:
        """Withdraw a filing for good; the reason is published."""
        return _change(filing_id, FilingState.WITHDRAWN, body["reason"])


@blp.route("/filing-reports")
class FilingReports(MethodView):
    @allow(Role.REGISTRAR, Role.BUREAU)
    @blp.arguments(NewestFirstQuery, location="query")
    @blp.response(200, ReportPage)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """The reports to the national centre, the newest first."""
        with reading() as db:
            return pages.reports(db, **query)

    @allow(Role.REGISTRAR)
    @blp.arguments(ReportPeriodInput)
    @blp.response(201, ReportView)
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """Pack the filings of a period."""
        with transaction() as db:
            return views.report(reporting.compose(db, **body, by=caller(), now=clock.now()))


@blp.route("/filing-reports/<uuid:report_id>/package")
class FilingReportPackage(MethodView):
    @allow(Role.REGISTRAR, Role.BUREAU)
    @blp.response(200)
    def get(self, report_id: UUID) -> Response:
        """The package of a report."""
        with reading() as db:
            report = get(db, FilingReport, report_id)
        return download(blobs.get(report.digest), report.file_name, packages.MEDIA_TYPE)


@blp.route("/filing-reports/<uuid:report_id>/sending")
class FilingReportSending(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(SendingInput)
    @blp.response(200, ReportView)
    def post(self, body: dict[str, str], report_id: UUID) -> dict[str, Any]:
        """Record that the package was sent, and how."""
        with transaction() as db:
            return views.report(reporting.record_sent(db, report_id, body["note"], by=caller(), now=clock.now()))
