"""The office's rooms and seats of an exam session."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading, transaction
from examsvc.delivery.rooms import placing, proposing, using, viewing
from examsvc.delivery.rooms.proposing import RoomWish
from examsvc.delivery.rooms.schemas import (
    RoomProposalView,
    RoomTakeOver,
    RoomUseChange,
    RoomUseInput,
    RoomWishQuery,
    SeatChange,
    SeatPlanInput,
    SeatPlanView,
)
from examsvc.delivery.rooms.using import RoomUse

blp = Blueprint("session_rooms", __name__, url_prefix="/api/exam-sessions", description="Rooms and seats")
READERS = (Role.OFFICE, Role.DECISION_MAKER, Role.QUALITY_SUPERVISOR)


@blp.route("/<uuid:exam_session_id>/rooms")
class SessionRooms(MethodView):
    @allow(*READERS)
    @blp.response(200, SeatPlanView)
    def get(self, exam_session_id: UUID) -> dict[str, Any]:
        """The rooms, and who sits where."""
        with reading() as db:
            return viewing.seat_plan(db, exam_session_id)

    @allow(Role.OFFICE)
    @blp.arguments(RoomUseInput)
    @blp.response(201, SeatPlanView)
    def post(self, wanted: dict[str, Any], exam_session_id: UUID) -> dict[str, Any]:
        """Use one more room; it gets the next number."""
        with transaction() as db:
            using.use_room(db, exam_session_id, RoomUse(**wanted), by=caller(), now=clock.now())
            return viewing.seat_plan(db, exam_session_id)


@blp.route("/<uuid:exam_session_id>/rooms/<uuid:session_room_id>")
class SessionRoomPage(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(RoomUseChange)
    @blp.response(200, SeatPlanView)
    def patch(self, change: dict[str, Any], exam_session_id: UUID, session_room_id: UUID) -> dict[str, Any]:
        """Change how many seats are used, and for whom."""
        with transaction() as db:
            using.change_use(db, exam_session_id, session_room_id, **change, by=caller(), now=clock.now())
            return viewing.seat_plan(db, exam_session_id)

    @allow(Role.OFFICE)
    @blp.response(200, SeatPlanView)
    def delete(self, exam_session_id: UUID, session_room_id: UUID) -> dict[str, Any]:
        """Use a room no more that nobody sits in."""
        with transaction() as db:
            using.drop_room(db, exam_session_id, session_room_id, by=caller(), now=clock.now())
            return viewing.seat_plan(db, exam_session_id)


@blp.route("/<uuid:exam_session_id>/room-proposal")
class RoomProposal(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(RoomWishQuery, location="query")
    @blp.response(200, RoomProposalView)
    def get(self, wish: dict[str, Any], exam_session_id: UUID) -> dict[str, Any]:
        """Which free rooms would seat everybody in a draft."""
        with reading() as db:
            return viewing.proposal(proposing.propose(db, exam_session_id, RoomWish(**wish)))

    @allow(Role.OFFICE)
    @blp.arguments(RoomTakeOver)
    @blp.response(200, SeatPlanView)
    def post(self, shown: dict[str, Any], exam_session_id: UUID) -> dict[str, Any]:
        """Use the rooms that were proposed, and give everybody a seat."""
        wanted = {**shown, "wish": RoomWish(**shown["wish"])}
        with transaction() as db:
            proposing.take_over(db, exam_session_id, **wanted, by=caller(), now=clock.now())
            return viewing.seat_plan(db, exam_session_id)


@blp.route("/<uuid:exam_session_id>/seat-plan")
class SeatPlan(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(SeatPlanInput)
    @blp.response(200, SeatPlanView)
    def post(self, wanted: dict[str, Any], exam_session_id: UUID) -> dict[str, Any]:
        """Give everybody in a draft a seat, by chance or by ticket number."""
        with transaction() as db:
            placing.plan_seats(db, exam_session_id, **wanted, by=caller(), now=clock.now())
            return viewing.seat_plan(db, exam_session_id)


@blp.route("/<uuid:exam_session_id>/enrolments/<uuid:enrolment_id>/seat")
class EnrolmentSeat(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(SeatChange)
    @blp.response(200, SeatPlanView)
    def put(self, change: dict[str, Any], exam_session_id: UUID, enrolment_id: UUID) -> dict[str, Any]:
        """Give one person another free seat, with the reason."""
        with transaction() as db:
            placing.move(db, exam_session_id, enrolment_id, **change, by=caller(), now=clock.now())
            return viewing.seat_plan(db, exam_session_id)
