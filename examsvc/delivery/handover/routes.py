"""The new machine's side of a hand-over."""

from flask import Response, request
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts import access
from examsvc.accounts.access import public
from examsvc.core import clock
from examsvc.core.web.edge import transaction
from examsvc.delivery.handover import handing
from examsvc.delivery.handover.schemas import HandedOver, HandOverCode

blp = Blueprint("hand_over", __name__, url_prefix="/api/candidate", description="Hand-over of a seat")


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
