"""The time ledger on the wall."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading, transaction
from examsvc.delivery.ledger.crediting import Span
from examsvc.delivery.ledger.deciding import Verdict
from proctoring import crediting, network_outages
from proctoring.schemas.time_ledger import NetworkOutageInput, VerdictInput, WallLedger

blp = Blueprint("wall-ledger", __name__, url_prefix="/api/wall", description="Proctoring, lost time")


@blp.route("/<uuid:exam_session_id>/time-ledger")
class Ledger(MethodView):
    @allow(Role.PROCTOR)
    @blp.response(200, WallLedger)
    def get(self, exam_session_id: UUID) -> dict[str, Any]:
        """The outages that cost the exam session time, with what is proposed, given and rejected."""
        with reading() as db:
            return crediting.ledger(db, exam_session_id, by=caller())


@blp.route("/<uuid:exam_session_id>/outages")
class NetworkOutages(MethodView):
    @allow(Role.PROCTOR)
    @blp.arguments(NetworkOutageInput)
    @blp.response(201, WallLedger)
    def post(self, sent: dict[str, Any], exam_session_id: UUID) -> dict[str, Any]:
        """Say that the centre's network failed: credits are proposed to whoever was silent meanwhile."""
        span = Span(sent["from_at"], sent["to_at"])
        with transaction() as db:
            network_outages.declare(db, exam_session_id, span, reason=sent["reason"], by=caller(), now=clock.now())
            return crediting.ledger(db, exam_session_id, by=caller())


@blp.route("/<uuid:exam_session_id>/outages/<uuid:outage_id>/decision")
class Decision(MethodView):
    @allow(Role.PROCTOR)
    @blp.arguments(VerdictInput)
    @blp.response(200, WallLedger)
    def post(self, verdict: Verdict, exam_session_id: UUID, outage_id: UUID) -> dict[str, Any]:
        """Approve or reject all that is proposed for the outage; what is approved reaches the clocks within seconds."""
        with transaction() as db:
            crediting.decide(db, exam_session_id, outage_id, verdict, by=caller(), now=clock.now())
            return crediting.ledger(db, exam_session_id, by=caller())
