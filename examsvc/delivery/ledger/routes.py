"""The time ledger for the office and for candidates; proctors have it on the wall."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core.web.edge import reading
from examsvc.delivery.ledger import changes
from examsvc.delivery.ledger import reading as ledger_reading
from examsvc.delivery.ledger.schemas import ClockChanges, TimeLedger

blp = Blueprint("time_ledger", __name__, url_prefix="/api", description="The time ledger")


@blp.route("/exam-sessions/<uuid:exam_session_id>/time-ledger")
class SessionLedger(MethodView):
    @allow(Role.OFFICE, Role.DECISION_MAKER, Role.QUALITY_SUPERVISOR)
    @blp.response(200, TimeLedger)
    def get(self, exam_session_id: UUID) -> dict[str, Any]:
        """The outages that cost the exam session time, and what was given back for each, the latest first."""
        with reading() as db:
            return {"items": ledger_reading.ledger(db, exam_session_id)}


@blp.route("/sittings/<uuid:sitting_id>/clock-changes")
class OwnClockChanges(MethodView):
    @allow(Role.CANDIDATE)
    @blp.response(200, ClockChanges)
    def get(self, sitting_id: UUID) -> dict[str, Any]:
        """What changed the caller's own clock and why, oldest first."""
        with reading() as db:
            return {"items": changes.own_clock_changes(db, sitting_id, by=caller())}
