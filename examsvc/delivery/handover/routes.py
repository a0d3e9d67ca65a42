"""The new machine's side of a hand-over."""

from typing import Any

from flask import Response, request
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts import access
from examsvc.accounts.access import public
from examsvc.core import clock, qr
from examsvc.core.web.edge import reading, settings, transaction
from examsvc.delivery.handover import codes, handing, spares
from examsvc.delivery.handover.schemas import HandedOver, HandOverCode, ShownSpare, SpareSecret
from examsvc.delivery.machines import Machine

blp = Blueprint("hand_over", __name__, url_prefix="/api/candidate", description="Hand-over of a seat")
PROCTORS_PAGE = "/wall/spare"


@blp.route("/hand-over")
class UseHandOver(MethodView):
    @public
    @blp.arguments(HandOverCode)
    @blp.response(200, HandedOver)
    def post(self, sent: dict[str, str]) -> Response:
        """Log in with a code that a proctor made; every other machine of the candidate is logged out."""
        # Not counted: 40 bits that are right for 90 seconds are not guessed, and a room stands behind one address.
        with transaction() as db:
            used, login, token = handing.use(db, sent["code"], user_agent=request.user_agent.string, now=clock.now())
            return access.answer_opened(login, token, sitting_id=str(used.sitting_id))


@blp.route("/spare-machine")
class ShowSpare(MethodView):
    @public
    @blp.response(201, ShownSpare)
    def post(self) -> dict[str, Any]:
        """Get a code to show at a machine that nobody sits at; what it is worth, a proctor decides."""
        machine, now = Machine(request.remote_addr or "", request.user_agent.string[:200]), clock.now()
        with transaction() as db:
            spare, code, secret = spares.show(db, machine, now=now)
            # Behind the # no server sees or logs the code.
            address = f"{settings().public_url}{PROCTORS_PAGE}#{code}"
            known = {"expires_at": spare.expires_at, "server_now": now, "secret": secret}
            return known | {"code": codes.shown(code), "qr_svg": qr.svg(address)}


@blp.route("/spare-machine/take")
class TakeSpare(MethodView):
    @public
    @blp.arguments(SpareSecret)
    @blp.response(200, HandedOver)
    @blp.alt_response(204, description="No candidate has been named yet.")
    def post(self, sent: dict[str, str]) -> Response:
        """Log in the candidate whom a proctor has named for this machine; every other machine is logged out."""
        with reading() as db:
            if not spares.is_named(db, sent["secret"], now=clock.now()):
                return Response(status=204)
        with transaction() as db:
            agent = request.user_agent.string
            used, login, token = spares.take(db, sent["secret"], user_agent=agent, now=clock.now())
            return access.answer_opened(login, token, sitting_id=str(used.sitting_id))
