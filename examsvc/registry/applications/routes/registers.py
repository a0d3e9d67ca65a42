"""The registers that an application fills: rosters, sites, rooms."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import transaction
from examsvc.registry.applications import registers, viewing
from examsvc.registry.applications.registers import CentreEntry, RoomEntry, StaffEntry
from examsvc.registry.applications.schemas import (
    ApplicationVersionQuery,
    ApplicationView,
    CentreInput,
    RoomInput,
    StaffMemberInput,
)

blp = Blueprint(
    "registers", __name__, url_prefix="/api/cases/<uuid:case_id>/application", description="人员、考核点、考场"
)


@blp.route("/staff")
class Staff(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(StaffMemberInput)
    @blp.response(201, ApplicationView)
    def post(self, body: dict[str, Any], case_id: UUID) -> dict[str, Any]:
        """Enter somebody into a roster."""
        by, now, version = caller(), clock.now(), body.pop("version")
        with transaction() as db:
            registers.put_staff(db, case_id, version, StaffEntry(**body), by=by, now=now)
            return viewing.view(db, case_id, by=by, now=now)


@blp.route("/staff/<uuid:member_id>")
class StaffLine(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(StaffMemberInput)
    @blp.response(200, ApplicationView)
    def put(self, body: dict[str, Any], case_id: UUID, member_id: UUID) -> dict[str, Any]:
        """Replace a line of a roster."""
        by, now, version = caller(), clock.now(), body.pop("version")
        with transaction() as db:
            registers.put_staff(db, case_id, version, StaffEntry(**body), member_id=member_id, by=by, now=now)
            return viewing.view(db, case_id, by=by, now=now)

    @allow(Role.OFFICE)
    @blp.arguments(ApplicationVersionQuery, location="query")
    @blp.response(200, ApplicationView)
    def delete(self, query: dict[str, int], case_id: UUID, member_id: UUID) -> dict[str, Any]:
        """Take a line out of its roster."""
        by, now = caller(), clock.now()
        with transaction() as db:
            registers.remove_staff(db, case_id, query["version"], member_id, by=by, now=now)
            return viewing.view(db, case_id, by=by, now=now)


@blp.route("/centres")
class Centres(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(CentreInput)
    @blp.response(201, ApplicationView)
    def post(self, body: dict[str, Any], case_id: UUID) -> dict[str, Any]:
        """Enter a site."""
        by, now, version = caller(), clock.now(), body.pop("version")
        with transaction() as db:
            registers.put_centre(db, case_id, version, CentreEntry(**body), by=by, now=now)
            return viewing.view(db, case_id, by=by, now=now)


@blp.route("/centres/<uuid:centre_id>")
class CentreLine(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(CentreInput)
    @blp.response(200, ApplicationView)
    def put(self, body: dict[str, Any], case_id: UUID, centre_id: UUID) -> dict[str, Any]:
        """Replace a site; another address has to be recommended anew."""
        by, now, version = caller(), clock.now(), body.pop("version")
        with transaction() as db:
            registers.put_centre(db, case_id, version, CentreEntry(**body), centre_id=centre_id, by=by, now=now)
            return viewing.view(db, case_id, by=by, now=now)

    @allow(Role.OFFICE)
    @blp.arguments(ApplicationVersionQuery, location="query")
    @blp.response(200, ApplicationView)
    def delete(self, query: dict[str, int], case_id: UUID, centre_id: UUID) -> dict[str, Any]:
        """Take a site out of the register."""
        by, now = caller(), clock.now()
        with transaction() as db:
            registers.remove_centre(db, case_id, query["version"], centre_id, by=by, now=now)
            return viewing.view(db, case_id, by=by, now=now)


@blp.route("/centres/<uuid:centre_id>/rooms")
class Rooms(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(RoomInput)
    @blp.response(201, ApplicationView)
    def post(self, body: dict[str, Any], case_id: UUID, centre_id: UUID) -> dict[str, Any]:
        """Enter a room of a site."""
        by, now, version = caller(), clock.now(), body.pop("version")
        with transaction() as db:
            registers.put_room(db, case_id, version, centre_id, RoomEntry(**body), by=by, now=now)
            return viewing.view(db, case_id, by=by, now=now)


@blp.route("/centres/<uuid:centre_id>/rooms/<uuid:room_id>")
class RoomLine(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(RoomInput)
    @blp.response(200, ApplicationView)
    def put(self, body: dict[str, Any], case_id: UUID, centre_id: UUID, room_id: UUID) -> dict[str, Any]:
        """Replace a room."""
        by, now, version = caller(), clock.now(), body.pop("version")
        with transaction() as db:
            registers.put_room(db, case_id, version, centre_id, RoomEntry(**body), room_id=room_id, by=by, now=now)
            return viewing.view(db, case_id, by=by, now=now)

    @allow(Role.OFFICE)
    @blp.arguments(ApplicationVersionQuery, location="query")
    @blp.response(200, ApplicationView)
    def delete(self, query: dict[str, int], case_id: UUID, centre_id: UUID, room_id: UUID) -> dict[str, Any]:
        """Take a room out of its site."""
        by, now = caller(), clock.now()
        with transaction() as db:
            registers.remove_room(db, case_id, query["version"], centre_id, room_id, by=by, now=now)
            return viewing.view(db, case_id, by=by, now=now)
