"""The banks of a case under development: which there are, a new one, and the one handed in."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core.web.edge import arrived_at, reading, transaction
from questionbank import handing_in
from questionbank.schemas.handing_in import BankChoiceList, BankHandInInput, NewBankInput

blp = Blueprint("case-banks", __name__, url_prefix="/api/cases", description="题库: banks of a case")


@blp.route("/<uuid:case_id>/item-banks")
class CaseBanks(MethodView):
    @allow(Role.OFFICE, Role.REGISTRAR, Role.QUALITY_SUPERVISOR)
    @blp.response(200, BankChoiceList)
    def get(self, case_id: UUID) -> dict[str, Any]:
        """The organisation's banks for the case's specification, with what they cover and lack."""
        with reading() as db:
            return {"items": handing_in.choices(db, case_id, by=caller())}

    @allow(Role.OFFICE)
    @blp.arguments(NewBankInput)
    @blp.response(201, BankChoiceList)
    def post(self, body: dict[str, Any], case_id: UUID) -> dict[str, Any]:
        """Open an empty bank for the case's specification."""
        by, now = caller(), arrived_at()
        with transaction() as db:
            handing_in.open_bank(db, case_id, body["version"], body["name"], by=by, now=now)
            return {"items": handing_in.choices(db, case_id, by=by)}


@blp.route("/<uuid:case_id>/bank")
class CaseBankHandIn(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(BankHandInInput)
    @blp.response(201, BankChoiceList)
    def post(self, body: dict[str, Any], case_id: UUID) -> dict[str, Any]:
        """Hand the bank in; in time is who arrived in time."""
        by, now = caller(), arrived_at()
        with transaction() as db:
            handing_in.hand_in(db, case_id, body["version"], body["bank_id"], by=by, now=now)
            return {"items": handing_in.choices(db, case_id, by=by)}
