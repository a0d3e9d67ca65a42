"""Hand-overs of seats on the wall."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock, qr
from examsvc.core.web.edge import reading, settings, transaction
from examsvc.delivery.handover import codes
from examsvc.delivery.handover.models import HandOver, SpareMachine
from proctoring import handing_over
from proctoring.floor import floor
from proctoring.handing_over import Wish
from proctoring.schemas.handing_over import (
    HandOverInput,
    HandOverState,
    NewHandOver,
    SpareCode,
    SpareInput,
    SpareView,
)

blp = Blueprint("wall-hand-overs", __name__, url_prefix="/api/wall", description="Proctoring, hand-overs of seats")
PAGE = "/candidate/hand-over"


@blp.route("/<uuid:exam_session_id>/sittings/<uuid:sitting_id>/hand-over")
class SeatHandOver(MethodView):
    @allow(Role.PROCTOR)
    @blp.response(200, HandOverState)
    def get(self, exam_session_id: UUID, sitting_id: UUID) -> HandOver:
        """How far the sitting's latest hand-over has got."""
        with reading() as db:
            return handing_over.newest(db, exam_session_id, sitting_id, by=caller())

    @allow(Role.PROCTOR)
    @blp.arguments(HandOverInput)
    @blp.response(201, NewHandOver)
    def post(self, sent: dict[str, str], exam_session_id: UUID, sitting_id: UUID) -> dict[str, Any]:
        """Make a code by which another machine takes the sitting over, once and within 90 seconds."""
        now, wish = clock.now(), Wish(sent["reason"], settings().handover_seconds)
        facts = floor().board.facts([sitting_id], now)[sitting_id]
        with transaction() as db:
            made, code = handing_over.make(db, exam_session_id, sitting_id, wish, facts, by=caller(), now=now)
            return _shown(made, code) | {"server_now": now}


@blp.route("/<uuid:exam_session_id>/spare-machine")
class SpareSeen(MethodView):
    @allow(Role.PROCTOR)
    @blp.arguments(SpareCode)
    @blp.response(200, SpareView)
    def post(self, sent: dict[str, str], exam_session_id: UUID) -> SpareMachine:
        """Where the machine stands that shows a code: to be compared with the one before one's eyes."""
        with reading() as db:
            return handing_over.spare(db, exam_session_id, sent["code"], by=caller(), now=clock.now())


@blp.route("/<uuid:exam_session_id>/sittings/<uuid:sitting_id>/spare-machine")
class SeatToSpare(MethodView):
    @allow(Role.PROCTOR)
    @blp.arguments(SpareInput)
    @blp.response(201, HandOverState)
    def post(self, sent: dict[str, str], exam_session_id: UUID, sitting_id: UUID) -> HandOver:
        """Let the candidate go on at the spare machine that shows the code, without typing anything there."""
        now, wish = clock.now(), Wish(sent["reason"], settings().handover_seconds)
        facts = floor().board.facts([sitting_id], now)[sitting_id]
        with transaction() as db:
            return handing_over.give_spare(
                db, exam_session_id, sitting_id, sent["code"], wish, facts, by=caller(), now=now
            )


def _shown(made: HandOver, code: str) -> dict[str, Any]:
    """The code stands behind the #, which browsers send to no server and servers write into no log."""
    address = f"{settings().public_url}{PAGE}#{code}"
    state = HandOverState().dump(made)
    known = {name: getattr(made, name) for name in state}
    return known | {"code": codes.shown(code), "address": address, "qr_svg": qr.svg(address)}
