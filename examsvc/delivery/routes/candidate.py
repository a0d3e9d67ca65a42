"""A candidate's log-in and list of sittings."""

from typing import Any

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts import access
from examsvc.accounts.access import allow, caller, public
from examsvc.accounts.roles import Role
from examsvc.accounts.schemas import Me
from examsvc.core import pressure
from examsvc.core.web.edge import reading, transaction
from examsvc.delivery import finishing, logging_in, sitting
from examsvc.delivery.routes.arriving import arrival, settle
from examsvc.delivery.schemas.candidate import OwnSittings, TicketLogin

blp = Blueprint("candidate", __name__, url_prefix="/api/candidate", description="Candidates")


@blp.route("/login")
class LogInByTicket(MethodView):
    @public
    @blp.arguments(TicketLogin)
    @blp.response(200, Me)
    def post(self, credentials: dict[str, str]) -> Response:
        """Log in with the ticket's number and the last six of the identity number, or the password.

        While the process is behind, who comes new is asked to come again in seconds: those inside go first.
        """
        pressure.check_room()
        ticket, proof = credentials["ticket_number"], credentials["proof"]
        account = access.proven(f"ticket:{ticket}", lambda db: logging_in.prove_ticket(db, ticket, proof))
        with transaction() as db:
            return access.answer_login(db, account)


@blp.route("/sittings")
class OwnSittingsList(MethodView):
    @allow(Role.CANDIDATE)
    @blp.response(200, OwnSittings)
    def get(self) -> dict[str, Any]:
        """The caller's own sittings, by start."""
        with reading() as db:
            items = sitting.own_sittings(db, by=caller())
            due = [own.id for own in items if finishing.is_left_over(own, now=arrival())]
        if not due:
            return {"items": items}
        for sitting_id in due:
            settle(sitting_id)
        with reading() as db:
            return {"items": sitting.own_sittings(db, by=caller())}
