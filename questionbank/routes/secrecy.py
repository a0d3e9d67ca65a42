"""Secret banks, and taking a bank out of the service."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading, transaction
from examsvc.core.web.schemas import Nothing
from questionbank.models import ItemBank
from questionbank.schemas.secrecy import (
    BankExportList,
    BankLookPage,
    BankSecrecy,
    ExportedBank,
    ExportReason,
    LookQuery,
)
from questionbank.secrecy import exporting, keeping, looks

blp = Blueprint("secrecy", __name__, url_prefix="/api", description="保密题库: secret banks and exports")
KEY_READERS = (Role.AUTHOR, Role.REVIEWER)
GRANTERS = (Role.AUTHOR, Role.REVIEWER, Role.OFFICE)


def _requests(db: Session, bank_id: UUID) -> dict[str, Any]:
    return {"items": exporting.requests(db, bank_id), "server_now": clock.now()}


@blp.route("/banks/<uuid:bank_id>/secrecy")
class Secrecy(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(Nothing)
    @blp.response(200, BankSecrecy)
    def post(self, _nothing: dict[str, Any], bank_id: UUID) -> ItemBank:
        """Make a bank secret, for good."""
        with transaction() as db:
            return keeping.make_secret(db, bank_id, by=caller(), now=clock.now())


@blp.route("/banks/<uuid:bank_id>/looks")
class BankLooks(MethodView):
    @allow(Role.OFFICE, Role.QUALITY_SUPERVISOR)
    @blp.arguments(LookQuery, location="query")
    @blp.response(200, BankLookPage)
    def get(self, query: dict[str, str], bank_id: UUID) -> dict[str, Any]:
        """Who looked at the bank's items and what was done to its secrecy, newest first."""
        with reading() as db:
            return looks.page(db, bank_id, after=query["after"])


@blp.route("/banks/<uuid:bank_id>/exports")
class BankExports(MethodView):
    @allow(*GRANTERS)
    @blp.response(200, BankExportList)
    def get(self, bank_id: UUID) -> dict[str, Any]:
        """The requests to export a bank, newest first."""
        with reading() as db:
            return _requests(db, bank_id)

    @allow(*KEY_READERS)
    @blp.arguments(ExportReason)
    @blp.response(201, BankExportList)
    def post(self, body: dict[str, str], bank_id: UUID) -> dict[str, Any]:
        """Ask for leave to export a bank."""
        with transaction() as db:
            exporting.ask(db, bank_id, reason=body["reason"], by=caller(), now=clock.now())
            return _requests(db, bank_id)


@blp.route("/bank-exports/<uuid:export_id>/grant")
class BankExportGrant(MethodView):
    @allow(*GRANTERS)
    @blp.arguments(Nothing)
    @blp.response(200, BankExportList)
    def post(self, _nothing: dict[str, Any], export_id: UUID) -> dict[str, Any]:
        """Grant somebody else's request; it is good for one export within a day."""
        with transaction() as db:
            asked = exporting.grant(db, export_id, by=caller(), now=clock.now())
            return _requests(db, asked.bank_id)


@blp.route("/banks/<uuid:bank_id>/export")
class BankExportWhole(MethodView):
    @allow(*KEY_READERS)
    @blp.arguments(Nothing)
    @blp.response(200, ExportedBank)
    def post(self, _nothing: dict[str, Any], bank_id: UUID) -> dict[str, Any]:
        """The bank whole, with keys; of a secret bank only once somebody else granted it."""
        with transaction() as db:
            return exporting.export(db, bank_id, by=caller(), now=clock.now())
