"""The development of a case: its clock, and the specification handed in."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import arrived_at, reading, transaction
from examsvc.registry.developing import specifying, viewing
from examsvc.registry.developing.schemas import DevelopmentView, SpecificationInput
from examsvc.registry.developing.specifying import Shares, SpecificationPlan

READERS = (
    *(Role.OFFICE, Role.QUALITY_SUPERVISOR, Role.REGISTRAR, Role.BUREAU),
    *(Role.DISTRICT, Role.RECOMMENDER, Role.EXPERT),
)
blp = Blueprint("developing", __name__, url_prefix="/api/cases", description="规范与题库开发: the three months")


@blp.route("/<uuid:case_id>/development")
class DevelopmentOfCase(MethodView):
    @allow(*READERS)
    @blp.response(200, DevelopmentView)
    def get(self, case_id: UUID) -> dict[str, Any]:
        """The clock of the development, and what is handed in."""
        with reading() as db:
            return viewing.view(db, case_id, by=caller(), now=clock.now())


@blp.route("/<uuid:case_id>/specification")
class SpecificationOfCase(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(SpecificationInput)
    @blp.response(201, DevelopmentView)
    def post(self, body: dict[str, Any], case_id: UUID) -> dict[str, Any]:
        """Hand in the specification; in time is who arrived in time."""
        shares = [Shares(**share) for share in body["shares"]]
        plan = SpecificationPlan(body["audience"], body["theory_minutes"], shares)
        by, now = caller(), arrived_at()
        with transaction() as db:
            specifying.hand_in(db, case_id, body["version"], plan, by=by, now=now)
            return viewing.view(db, case_id, by=by, now=now)
