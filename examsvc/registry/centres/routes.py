"""The office's sites and rooms."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading, transaction
from examsvc.core.web.schemas import Nothing
from examsvc.registry.applications.registers import CentreEntry, RoomEntry
from examsvc.registry.centres import keeping, viewing
from examsvc.registry.centres.schemas import KeptCentres, NewCentre, RoomFacts

blp = Blueprint("sites", __name__, url_prefix="/api/sites", description="Sites and rooms")


@blp.route("")
class Centres(MethodView):
    @allow(Role.OFFICE)
    @blp.response(200, KeptCentres)
    def get(self) -> dict[str, Any]:
        """Every site with its rooms."""
        with reading() as db:
            return viewing.everything(db, by=caller())

    @allow(Role.OFFICE)
    @blp.arguments(NewCentre)
    @blp.response(201, KeptCentres)
    def post(self, body: dict[str, Any]) -> dict[str, Any]:
        """Enter a site; its district bureau has its word still to say."""
        organisation_id = body.pop("organisation_id")
        with transaction() as db:
            keeping.add_centre(db, organisation_id, CentreEntry(**body), by=caller(), now=clock.now())
            return viewing.everything(db, by=caller())


@blp.route("/<uuid:centre_id>/rooms")
class CentreRooms(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(RoomFacts)
    @blp.response(201, KeptCentres)
    def post(self, facts: dict[str, Any], centre_id: UUID) -> dict[str, Any]:
        """Enter a room of a site."""
        with transaction() as db:
            keeping.add_room(db, centre_id, RoomEntry(**facts), by=caller(), now=clock.now())
            return viewing.everything(db, by=caller())


@blp.route("/rooms/<uuid:room_id>")
class CentreRoomPage(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(RoomFacts)
    @blp.response(200, KeptCentres)
    def put(self, facts: dict[str, Any], room_id: UUID) -> dict[str, Any]:
        """Replace what is known of a room."""
        with transaction() as db:
            keeping.change_room(db, room_id, RoomEntry(**facts), by=caller(), now=clock.now())
            return viewing.everything(db, by=caller())


@blp.route("/rooms/<uuid:room_id>/close")
class RoomClosing(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(Nothing)
    @blp.response(200, KeptCentres)
    def post(self, _body: dict[str, Any], room_id: UUID) -> dict[str, Any]:
        """Take a room out of use."""
        with transaction() as db:
            keeping.close_room(db, room_id, by=caller(), now=clock.now())
            return viewing.everything(db, by=caller())


@blp.route("/rooms/<uuid:room_id>/open")
class RoomOpening(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(Nothing)
    @blp.response(200, KeptCentres)
    def post(self, _body: dict[str, Any], room_id: UUID) -> dict[str, Any]:
        """Take a closed room into use again."""
        with transaction() as db:
            keeping.open_room(db, room_id, by=caller(), now=clock.now())
            return viewing.everything(db, by=caller())
