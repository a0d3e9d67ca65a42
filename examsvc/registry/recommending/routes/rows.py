"""The rows of a batch."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading, transaction
from examsvc.registry.recommending import drafts, rows, views
from examsvc.registry.recommending.fields import RowFields
from examsvc.registry.recommending.inputs import RowChange, RowInput, RowVersionQuery
from examsvc.registry.recommending.routes.batches import READERS
from examsvc.registry.recommending.schemas import RecommendationView, RowDetail

blp = Blueprint("recommendation-rows", __name__, url_prefix="/api/recommendations", description="推荐汇总表 (annex 1)")


@blp.route("/<uuid:recommendation_id>/rows")
class Rows(MethodView):
    @allow(Role.RECOMMENDER)
    @blp.arguments(RowInput)
    @blp.response(201, RowDetail)
    def post(self, wanted: dict[str, Any], recommendation_id: UUID) -> dict[str, Any]:
        """Add a row behind the others."""
        with transaction() as db:
            case = rows.add_row(db, recommendation_id, _fields(wanted), by=caller(), now=clock.now())
            return views.row(db, recommendation_id, case.id, by=caller())


@blp.route("/<uuid:recommendation_id>/rows/<uuid:case_id>")
class Row(MethodView):
    @allow(*READERS)
    @blp.response(200, RowDetail)
    def get(self, recommendation_id: UUID, case_id: UUID) -> dict[str, Any]:
        """A row with its annexes 2 and 3."""
        with reading() as db:
            return views.row(db, recommendation_id, case_id, by=caller())

    @allow(Role.RECOMMENDER)
    @blp.arguments(RowChange)
    @blp.response(200, RowDetail)
    def put(self, wanted: dict[str, Any], recommendation_id: UUID, case_id: UUID) -> dict[str, Any]:
        """Write the row anew; the version is the case's."""
        with transaction() as db:
            drafts.in_batch(db, recommendation_id, case_id, by=caller())
            version: int = wanted.pop("version")
            rows.change_row(db, case_id, version, _fields(wanted), by=caller(), now=clock.now())
            return views.row(db, recommendation_id, case_id, by=caller())

    @allow(Role.RECOMMENDER)
    @blp.arguments(RowVersionQuery, location="query")
    @blp.response(200, RecommendationView)
    def delete(self, seen: dict[str, int], recommendation_id: UUID, case_id: UUID) -> dict[str, Any]:
        """Remove a row that was never submitted; the version is the case's. Answers the batch that is left."""
        with transaction() as db:
            drafts.in_batch(db, recommendation_id, case_id, by=caller())
            rows.remove_row(db, case_id, seen["version"], by=caller(), now=clock.now())
            return views.whole(db, recommendation_id, by=caller(), now=clock.now())


def _fields(wanted: dict[str, Any]) -> RowFields:
    return RowFields(**{**wanted, "industries": tuple(wanted["industries"])})
