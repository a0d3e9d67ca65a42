"""The staffing of an exam session. Proctors are assigned by proctoring, examiners by scoring."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading, transaction
from examsvc.delivery.staffing import declaring, supervising, viewing
from examsvc.delivery.staffing.declaring import Declaration
from examsvc.delivery.staffing.schemas import RelationInput, StaffingView, SupervisorsInput, TakingBack

blp = Blueprint("staffing", __name__, url_prefix="/api/exam-sessions", description="Staffing of exam sessions")


@blp.route("/<uuid:exam_session_id>/staffing")
class Staffing(MethodView):
    @allow(Role.OFFICE, Role.QUALITY_SUPERVISOR)
    @blp.response(200, StaffingView)
    def get(self, exam_session_id: UUID) -> dict[str, Any]:
        """What each room needs and has, and what is not lawful yet."""
        with reading() as db:
            return viewing.overview(db, exam_session_id)


@blp.route("/<uuid:exam_session_id>/inner-supervisors")
class InnerSupervisors(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(SupervisorsInput)
    @blp.response(200, StaffingView)
    def put(self, sent: dict[str, list[UUID]], exam_session_id: UUID) -> dict[str, Any]:
        """Make exactly these people the inner supervisors."""
        with transaction() as db:
            supervising.name_supervisors(db, exam_session_id, sent["account_ids"], by=caller(), now=clock.now())
            return viewing.overview(db, exam_session_id)


@blp.route("/<uuid:exam_session_id>/declared-relations")
class DeclaredRelations(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(RelationInput)
    @blp.response(201, StaffingView)
    def post(self, sent: dict[str, Any], exam_session_id: UUID) -> dict[str, Any]:
        """Enter what a member of staff declared to be to a candidate."""
        with transaction() as db:
            declaring.declare(db, exam_session_id, Declaration(**sent), by=caller(), now=clock.now())
            return viewing.overview(db, exam_session_id)


@blp.route("/<uuid:exam_session_id>/declared-relations/<uuid:relation_id>/taking-back")
class RelationTakenBack(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(TakingBack)
    @blp.response(200, StaffingView)
    def post(self, sent: dict[str, str], exam_session_id: UUID, relation_id: UUID) -> dict[str, Any]:
        """Take back what was declared by mistake, with the reason."""
        with transaction() as db:
            declaring.take_back(db, exam_session_id, relation_id, **sent, by=caller(), now=clock.now())
            return viewing.overview(db, exam_session_id)
