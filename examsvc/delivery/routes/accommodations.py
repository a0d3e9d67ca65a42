"""The office's accommodations 便利措施 of an exam session."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import database, reading, transaction
from examsvc.delivery.accommodations import deciding, following, grouping, holding, listing
from examsvc.delivery.accommodations.deciding import Basis, Scope
from examsvc.delivery.schemas.accommodations import (
    AccommodationInput,
    AccommodationList,
    GroupInput,
    MembersInput,
    WithdrawInput,
)

blp = Blueprint("accommodations", __name__, url_prefix="/api/exam-sessions", description="Accommodations")
READERS = (Role.OFFICE, Role.QUALITY_SUPERVISOR)
Listed = dict[str, Any]


def _followed(exam_session_id: UUID) -> Listed:
    """Have the first follow from what is stored by now, and return what was decided, for whom."""
    following.at_once(database(), exam_session_id)
    with reading() as db:
        return listing.of_session(db, exam_session_id)


@blp.route("/<uuid:exam_session_id>/accommodations")
class Accommodations(MethodView):
    @allow(*READERS)
    @blp.response(200, AccommodationList)
    def get(self, exam_session_id: UUID) -> Listed:
        """What was decided, for whom."""
        with reading() as db:
            return listing.of_session(db, exam_session_id)

    @allow(Role.OFFICE)
    @blp.arguments(AccommodationInput)
    @blp.response(200, AccommodationList)
    def post(self, wanted: dict[str, Any], exam_session_id: UUID) -> Listed:
        """Decide what somebody is given, instead of what was decided before.

        What is decided for many is stored; the first two hundred are given it before this answers, the others follow.
        """
        scope, on = Scope(wanted["group_id"], wanted["enrolment_id"]), Basis(wanted["basis"], wanted["document"])
        with transaction() as db:
            deciding.decide(db, exam_session_id, scope, wanted["grant"], on, by=caller(), now=clock.now())
        return _followed(exam_session_id)


@blp.route("/<uuid:exam_session_id>/accommodations/<uuid:accommodation_id>/withdraw")
class Withdraw(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(WithdrawInput)
    @blp.response(200, AccommodationList)
    def post(self, order: dict[str, str], exam_session_id: UUID, accommodation_id: UUID) -> Listed:
        """Take a decision back."""
        with transaction() as db:
            deciding.withdraw(db, exam_session_id, accommodation_id, **order, by=caller(), now=clock.now())
        return _followed(exam_session_id)


@blp.route("/<uuid:exam_session_id>/accommodation-groups")
class Groups(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(GroupInput)
    @blp.response(201, AccommodationList)
    def post(self, wanted: dict[str, str], exam_session_id: UUID) -> Listed:
        """Add an empty group."""
        with transaction() as db:
            exam_session = holding.for_many(db, exam_session_id, ())
            grouping.add_group(db, exam_session, wanted["name"], by=caller(), now=clock.now())
        return _followed(exam_session_id)


@blp.route("/<uuid:exam_session_id>/accommodation-groups/<uuid:group_id>")
class OneGroup(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(MembersInput)
    @blp.response(200, AccommodationList)
    def put(self, wanted: dict[str, list[UUID]], exam_session_id: UUID, group_id: UUID) -> Listed:
        """Make exactly these enrolments the group's members."""
        with transaction() as db:
            either = {*wanted["members"], *grouping.members(db, group_id)}
            exam_session = holding.for_many(db, exam_session_id, either)
            grouping.set_members(db, exam_session, group_id, wanted["members"], by=caller(), now=clock.now())
        return _followed(exam_session_id)

    @allow(Role.OFFICE)
    @blp.response(200, AccommodationList)
    def delete(self, exam_session_id: UUID, group_id: UUID) -> Listed:
        """Remove the group with what was decided for it."""
        with transaction() as db:
            exam_session = holding.for_many(db, exam_session_id, grouping.members(db, group_id))
            grouping.remove_group(db, exam_session, group_id, by=caller(), now=clock.now())
        return _followed(exam_session_id)
