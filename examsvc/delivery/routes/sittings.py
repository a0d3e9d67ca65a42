"""A candidate's own sitting, from check-in to hand-in."""

from typing import Any
from uuid import UUID

from flask import Response, request
from flask.views import MethodView
from flask_smorest import Blueprint
from sqlalchemy.orm import Session

from examsvc.accounts.access import allow, allow_bearer, allow_with_token, caller, login_token
from examsvc.accounts.roles import Role
from examsvc.core import blobs, clock
from examsvc.core.errors import NotFound
from examsvc.core.web.downloads import BINARY
from examsvc.core.web.edge import database, reading, transaction
from examsvc.core.web.schemas import Nothing
from examsvc.core.web.shown_files import ANY_TYPE, shown
from examsvc.core.web.waiting import CAN_WAIT
from examsvc.delivery import breaks, checking_in, finding, finishing, handing_in, photos, sitting
from examsvc.delivery.checking_in import SystemCheck
from examsvc.delivery.claiming import crowding, making
from examsvc.delivery.claiming.making import Asked, Claim
from examsvc.delivery.errors import SittingClosed
from examsvc.delivery.models import Sitting
from examsvc.delivery.routes.arriving import arrival, machine, settle, settling_when_over
from examsvc.delivery.saving import service as saving
from examsvc.delivery.saving.acknowledging import Acknowledgement, acknowledgement
from examsvc.delivery.saving.entries import Batch
from examsvc.delivery.schemas.paper import CandidatePaper
from examsvc.delivery.schemas.responses import ClaimInput, ClaimView, HandInInput, ResponseBatch, ResponseReceipt
from examsvc.delivery.schemas.sittings import SittingView, SystemCheckInput, UndertakingInput

blp = Blueprint("sittings", __name__, url_prefix="/api/sittings", description="Sitting an exam")


def _view(db: Session, own: Sitting) -> dict[str, Any]:
    return sitting.describe(db, own, by=caller(), now=arrival())


@blp.route("/<uuid:sitting_id>")
class OwnSittingPage(MethodView):
    @allow(Role.CANDIDATE)
    @blp.response(200, SittingView)
    def get(self, sitting_id: UUID) -> dict[str, Any]:
        """How the caller's sitting stands."""
        with reading() as db:
            own = finding.own_seated(db, sitting_id, by=caller())
            if not finishing.is_left_over(own, now=arrival()):
                return _view(db, own)
        settle(sitting_id)  # only now: a waiting room asks this all the time
        with reading() as db:
            return _view(db, finding.own_seated(db, sitting_id, by=caller()))


@blp.route("/<uuid:sitting_id>/photo")
class OwnPhoto(MethodView):
    @allow(Role.CANDIDATE)
    @blp.response(200, {"type": "string", "format": "binary"}, content_type=photos.CONTENT_TYPE)
    def get(self, sitting_id: UUID) -> Response:
        """The caller's photo as it was enrolled."""
        with reading() as db:
            digest = sitting.own_photo_digest(db, sitting_id, by=caller())
        if digest is None:
            raise NotFound(thing="photo")
        return Response(blobs.get(digest), mimetype=photos.CONTENT_TYPE)


@blp.route("/<uuid:sitting_id>/identity-confirmation")
class IdentityConfirmation(MethodView):
    @allow(Role.CANDIDATE)
    @blp.arguments(Nothing)
    @blp.response(200, SittingView)
    def post(self, _body: dict[str, Any], sitting_id: UUID) -> dict[str, Any]:
        """Confirm to be the person shown."""
        with settling_when_over(sitting_id), transaction() as db:
            return _view(db, checking_in.confirm_identity(db, sitting_id, by=caller(), now=arrival()))


@blp.route("/<uuid:sitting_id>/undertaking")
class Undertaking(MethodView):
    @allow(Role.CANDIDATE)
    @blp.arguments(UndertakingInput)
    @blp.response(200, SittingView)
    def post(self, signed: dict[str, str], sitting_id: UUID) -> dict[str, Any]:
        """Sign the undertaking 诚信考试承诺书 with one's own name."""
        with settling_when_over(sitting_id), transaction() as db:
            own = checking_in.sign_undertaking(db, sitting_id, signed["name"], by=caller(), now=arrival())
            return _view(db, own)


@blp.route("/<uuid:sitting_id>/system-check")
class SystemChecked(MethodView):
    @allow(Role.CANDIDATE)
    @blp.arguments(SystemCheckInput)
    @blp.response(200, SittingView)
    def put(self, check: SystemCheck, sitting_id: UUID) -> dict[str, Any]:
        """Report what this machine can do."""
        with settling_when_over(sitting_id), transaction() as db:
            return _view(db, checking_in.record_system_check(db, sitting_id, check, by=caller(), now=arrival()))


@blp.route("/<uuid:sitting_id>/claim")
class Claiming(MethodView):
    @allow(Role.CANDIDATE)
    @blp.arguments(ClaimInput)
    @blp.response(200, ClaimView)
    def post(self, body: dict[str, Any], sitting_id: UUID) -> Claim:
        """Take the right to answer; every other page of this sitting loses it.

        A claim after an epoch that is over (`claim_outdated`) changes nothing: the refusal tells the `epoch`. An
        unattended one is served where only answers that the office took over came after that epoch.
        """
        whose = (machine(), caller(), arrival())
        asked = Asked(sitting_id, body["after_epoch"], *whose, is_unattended=body["unattended"])
        with settling_when_over(sitting_id):
            if CAN_WAIT in request.headers:
                return crowding.claim(database(), asked)
            with transaction() as db:
                return making.claim(db, asked)


@blp.route("/<uuid:sitting_id>/paper")
class OwnPaper(MethodView):
    @allow_with_token(Role.CANDIDATE)
    @blp.response(200, CandidatePaper)
    def get(self, sitting_id: UUID) -> Response:
        """The paper in the caller's own order, while in progress, for the log-in that claimed the sitting last."""
        with settling_when_over(sitting_id), reading() as db:
            text = sitting.paper(db, sitting_id, machine(), by=caller(), now=arrival())
            return Response(text, mimetype="application/json")


@blp.route("/<uuid:sitting_id>/media/<string(length=64):digest>")
class PaperMedium(MethodView):
    @allow(Role.CANDIDATE)
    @blp.response(200, BINARY, content_type=ANY_TYPE)
    def get(self, sitting_id: UUID, digest: str) -> Response:
        """A picture, sound or film that the caller's own paper shows."""
        with settling_when_over(sitting_id), reading() as db:
            media_type = sitting.medium_type(db, sitting_id, digest, by=caller(), now=arrival())
        return shown(blobs.get(digest), media_type, digest)


@blp.route("/<uuid:sitting_id>/responses")
class Responses(MethodView):
    @allow_bearer(Role.CANDIDATE)
    @blp.arguments(ResponseBatch)
    @blp.response(200, ResponseReceipt)
    def put(self, sent: dict[str, Any], sitting_id: UUID) -> Acknowledgement:
        """Store a batch of responses; a repeat changes nothing."""
        batch = Batch(sitting_id=sitting_id, **sent, token=login_token(), arrived_at=arrival())
        try:
            saved = saving.save(database(), batch)
        except SittingClosed:
            settle(sitting_id)  # not before: the way of every answer stays short
            raise
        return acknowledgement(saved, at=clock.now())


@blp.route("/<uuid:sitting_id>/break")
class OwnBreak(MethodView):
    @allow(Role.CANDIDATE)
    @blp.arguments(Nothing)
    @blp.response(200, SittingView)
    def post(self, _body: dict[str, Any], sitting_id: UUID) -> dict[str, Any]:
        """Begin a break that stops the clock, within one's allowance; a repeat changes nothing."""
        settle(sitting_id)
        with transaction() as db:
            return _view(db, breaks.start(db, sitting_id, by=caller(), now=arrival()))

    @allow(Role.CANDIDATE)
    @blp.response(200, SittingView)
    def delete(self, sitting_id: UUID) -> dict[str, Any]:
        """End the break; the paper is shown again."""
        settle(sitting_id)
        with transaction() as db:
            return _view(db, breaks.end(db, sitting_id, by=caller(), now=arrival()))


@blp.route("/<uuid:sitting_id>/hand-in")
class HandIn(MethodView):
    @allow(Role.CANDIDATE)
    @blp.arguments(HandInInput)
    @blp.response(200, SittingView)
    def post(self, last: dict[str, Any], sitting_id: UUID) -> dict[str, Any]:
        """Hand in what is stored; a repeat changes nothing."""
        with settling_when_over(sitting_id), transaction() as db:
            return _view(db, handing_in.hand_in(db, sitting_id, **last, by=caller(), now=arrival()))
