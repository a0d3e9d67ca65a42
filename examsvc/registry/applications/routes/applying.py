"""The application of a case: begun, filled in, signed, submitted, exported, withdrawn."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import arrived_at, reading, transaction
from examsvc.registry.applications import beginning, exporting, filling, signing, viewing
from examsvc.registry.applications.beginning import NewAccount, OpenedAccount
from examsvc.registry.applications.filling import Filled
from examsvc.registry.applications.materials import Statements
from examsvc.registry.applications.schemas import (
    ApplicationEvidenceQuery,
    ApplicationReasonInput,
    ApplicationReceiptQuery,
    ApplicationView,
    ApplicationWrite,
    DeclarationInput,
    EligibilityInput,
    FilledInput,
    OpenedAccountView,
    OrganisationAccountInput,
    WithdrawnCase,
)
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.receiving import takes_file
from examsvc.registry.cases.uploads import Upload

READERS = (
    *(Role.OFFICE, Role.QUALITY_SUPERVISOR, Role.REGISTRAR, Role.BUREAU),
    *(Role.DISTRICT, Role.RECOMMENDER, Role.EXPERT),
)
blp = Blueprint("applications", __name__, url_prefix="/api/cases", description="申报: the organisation's application")


@blp.route("/<uuid:case_id>/organisation-account")
class OrganisationAccount(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(OrganisationAccountInput)
    @blp.response(201, OpenedAccountView)
    def post(self, body: dict[str, Any], case_id: UUID) -> OpenedAccount:
        """Register the organisation of a publicised scheme and open its account."""
        version = body.pop("version")
        with transaction() as db:
            return beginning.open_account(db, case_id, version, NewAccount(**body), by=caller(), now=clock.now())


@blp.route("/<uuid:case_id>/application")
class ApplicationOfCase(MethodView):
    @allow(*READERS)
    @blp.response(200, ApplicationView)
    def get(self, case_id: UUID) -> dict[str, Any]:
        """The application with what it lacks and when it is received."""
        with reading() as db:
            return viewing.view(db, case_id, by=caller(), now=clock.now())

    @allow(Role.OFFICE)
    @blp.arguments(ApplicationWrite)
    @blp.response(201, ApplicationView)
    def post(self, body: dict[str, int], case_id: UUID) -> dict[str, Any]:
        """Begin the application."""
        by, now = caller(), clock.now()
        with transaction() as db:
            beginning.begin(db, case_id, body["version"], by=by, now=now)
            return viewing.view(db, case_id, by=by, now=now)

    @allow(Role.OFFICE)
    @blp.arguments(FilledInput)
    @blp.response(200, ApplicationView)
    def put(self, body: dict[str, Any], case_id: UUID) -> dict[str, Any]:
        """Replace the statements and the confirmed answers."""
        by, now = caller(), clock.now()
        filled = Filled(Statements(**body["statements"]), body["answers"])
        with transaction() as db:
            filling.fill(db, case_id, body["version"], filled, by=by, now=now)
            return viewing.view(db, case_id, by=by, now=now)


@blp.route("/<uuid:case_id>/application/evidence")
class Evidence(MethodView):
    @allow(Role.OFFICE)
    @takes_file(blp)
    @blp.arguments(ApplicationEvidenceQuery, location="query")
    @blp.response(200, ApplicationView)
    def post(self, upload: Upload, query: dict[str, Any], case_id: UUID) -> dict[str, Any]:
        """Upload a file that proves a condition."""
        by, now = caller(), clock.now()
        with transaction() as db:
            filling.attach(db, case_id, query["version"], query["topic"], upload, by=by, now=now)
            return viewing.view(db, case_id, by=by, now=now)


@blp.route("/<uuid:case_id>/application/evidence/<uuid:document_id>")
class EvidenceLink(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(ApplicationEvidenceQuery, location="query")
    @blp.response(200, ApplicationView)
    def delete(self, query: dict[str, Any], case_id: UUID, document_id: UUID) -> dict[str, Any]:
        """Let a file no longer prove a condition."""
        by, now = caller(), clock.now()
        with transaction() as db:
            filling.detach(db, case_id, query["version"], query["topic"], document_id, by=by, now=now)
            return viewing.view(db, case_id, by=by, now=now)


@blp.route("/<uuid:case_id>/application/eligibility")
class Eligibility(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(EligibilityInput)
    @blp.response(200, ApplicationView)
    def put(self, body: dict[str, Any], case_id: UUID) -> dict[str, Any]:
        """Decide whether a 事业单位 or a public school may apply."""
        by, now = caller(), clock.now()
        with transaction() as db:
            filling.decide_eligibility(db, case_id, body["version"], body["decision"], body["reason"], by=by, now=now)
            return viewing.view(db, case_id, by=by, now=now)


@blp.route("/<uuid:case_id>/application/signature")
class Signature(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(DeclarationInput)
    @blp.response(200, ApplicationView)
    def put(self, body: dict[str, Any], case_id: UUID) -> dict[str, Any]:
        """Sign the declaration over the digest that was shown."""
        by, now = caller(), clock.now()
        with transaction() as db:
            signing.sign(db, case_id, body["version"], body["digest"], body["signer_name"], by=by, now=now)
            return viewing.view(db, case_id, by=by, now=now)


@blp.route("/<uuid:case_id>/application/submission")
class Submission(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(ApplicationWrite)
    @blp.response(200, ApplicationView)
    def post(self, body: dict[str, int], case_id: UUID) -> dict[str, Any]:
        """Submit the complete, signed application inside the window."""
        by, now = caller(), arrived_at()
        with transaction() as db:
            signing.submit(db, case_id, body["version"], by=by, now=now)
            return viewing.view(db, case_id, by=by, now=now)


@blp.route("/<uuid:case_id>/application/package")
class Package(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(ApplicationWrite)
    @blp.response(200, ApplicationView)
    def post(self, body: dict[str, int], case_id: UUID) -> dict[str, Any]:
        """Pack what was signed for the external self-service system."""
        by, now = caller(), clock.now()
        with transaction() as db:
            exporting.export(db, case_id, body["version"], by=by, now=now)
            return viewing.view(db, case_id, by=by, now=now)


@blp.route("/<uuid:case_id>/application/receipt")
class Receipt(MethodView):
    @allow(Role.OFFICE)
    @takes_file(blp)
    @blp.arguments(ApplicationReceiptQuery, location="query")
    @blp.response(200, ApplicationView)
    def post(self, upload: Upload, query: dict[str, Any], case_id: UUID) -> dict[str, Any]:
        """Record what the external system answered."""
        by, now = caller(), clock.now()
        with transaction() as db:
            exporting.record_receipt(
                db, case_id, query["version"], query["number"], query["received_on"], upload, by=by, now=now
            )
            return viewing.view(db, case_id, by=by, now=now)


@blp.route("/<uuid:case_id>/application/withdrawal")
class Withdrawal(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(ApplicationReasonInput)
    @blp.response(200, WithdrawnCase)
    def post(self, body: dict[str, Any], case_id: UUID) -> Case:
        """Withdraw the case for the organisation, which sees no more of it afterwards."""
        with transaction() as db:
            return beginning.withdraw(db, case_id, body["version"], body["reason"], by=caller(), now=clock.now())
