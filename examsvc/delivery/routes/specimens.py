"""Papers as candidates will see them, for the office."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import transaction
from examsvc.delivery import specimens
from examsvc.delivery.schemas.paper import SpecimenPaper

blp = Blueprint("specimens", __name__, url_prefix="/api/papers", description="Papers as candidates will see them")


@blp.route("/<uuid:paper_id>/specimen")
class PaperSpecimen(MethodView):
    @allow(Role.OFFICE, Role.QUALITY_SUPERVISOR)
    @blp.response(200, SpecimenPaper)
    def get(self, paper_id: UUID) -> dict[str, Any]:
        """The paper in an order that a candidate may get, no keys; of a secret bank, who looks is put on record."""
        with transaction() as db:
            return specimens.specimen(db, paper_id, by=caller(), now=clock.now())
