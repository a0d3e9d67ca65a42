"""Registered versions of a bank: listed, registered, proved, counted."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import canonical, clock
from examsvc.core.web.downloads import BINARY, download
from examsvc.core.web.edge import reading, transaction
from questionbank import holdings
from questionbank.registration import changes, coverage, registering, verifying
from questionbank.schemas.registration import (
    BankChanges,
    BankVerification,
    FittingFilingList,
    ManifestView,
    RegisteredBankList,
    RegisteredCoverage,
    RegistrationInput,
)

blp = Blueprint("registration", __name__, url_prefix="/api", description="题库备案版本: registered versions of banks")
READERS = (Role.OFFICE, Role.QUALITY_SUPERVISOR, Role.REGISTRAR)


@blp.route("/banks/<uuid:bank_id>/registered")
class RegisteredBanks(MethodView):
    @allow(*READERS)
    @blp.response(200, RegisteredBankList)
    def get(self, bank_id: UUID) -> dict[str, Any]:
        """The bank's registered versions, newest first."""
        with reading() as db:
            return {"items": holdings.registered(db, bank_id)}

    @allow(Role.OFFICE)
    @blp.arguments(RegistrationInput)
    @blp.response(201, RegisteredBankList)
    def post(self, body: dict[str, UUID], bank_id: UUID) -> dict[str, Any]:
        """Register what is released now for a filing; an unchanged bank keeps its version."""
        with transaction() as db:
            registering.register(db, bank_id, filing_id=body["filing_id"], by=caller(), now=clock.now())
            return {"items": holdings.registered(db, bank_id)}


@blp.route("/banks/<uuid:bank_id>/filings")
class BankFilings(MethodView):
    @allow(Role.OFFICE)
    @blp.response(200, FittingFilingList)
    def get(self, bank_id: UUID) -> dict[str, Any]:
        """The filings that the bank may be registered for, newest first."""
        with reading() as db:
            return {"items": holdings.filings(db, bank_id)}


@blp.route("/registered-banks/<uuid:bank_version_id>/changes/<uuid:later_id>")
class RegisteredChanges(MethodView):
    @allow(*READERS)
    @blp.response(200, BankChanges)
    def get(self, bank_version_id: UUID, later_id: UUID) -> dict[str, Any]:
        """What came, went or was worded anew from one registered version to another."""
        with reading() as db:
            return changes.between(db, bank_version_id, later_id)


@blp.route("/registered-banks/<uuid:bank_version_id>/manifest")
class RegisteredManifest(MethodView):
    @allow(*READERS)
    @blp.response(200, ManifestView)
    def get(self, bank_version_id: UUID) -> dict[str, Any]:
        """The manifest: every item version with the digest of content, key and metadata."""
        with reading() as db:
            return verifying.manifest_of(db, bank_version_id)


@blp.route("/registered-banks/<uuid:bank_version_id>/manifest.json")
class RegisteredManifestFile(MethodView):
    @allow(*READERS)
    @blp.response(200, BINARY, content_type="application/json")
    def get(self, bank_version_id: UUID) -> Response:
        """The manifest as a file in canonical form: its SHA-256 is the digest."""
        with reading() as db:
            told = verifying.manifest_of(db, bank_version_id)["manifest"]
        return download(canonical.encode(told), f"manifest-{told['number']}.json", "application/json")


@blp.route("/registered-banks/<uuid:bank_version_id>/verification")
class RegisteredVerification(MethodView):
    @allow(*READERS)
    @blp.response(200, BankVerification)
    def get(self, bank_version_id: UUID) -> dict[str, Any]:
        """The manifest's digest computed afresh from what the items say now."""
        with reading() as db:
            return verifying.verify(db, bank_version_id)


@blp.route("/registered-banks/<uuid:bank_version_id>/coverage")
class RegisteredBankCoverage(MethodView):
    @allow(*READERS)
    @blp.response(200, RegisteredCoverage)
    def get(self, bank_version_id: UUID) -> dict[str, Any]:
        """Items by work task, knowledge point, type and difficulty, and how many papers each blueprint yields."""
        with reading() as db:
            return coverage.report(db, bank_version_id)
