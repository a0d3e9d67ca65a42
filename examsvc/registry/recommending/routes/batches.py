"""Batches: opened, changed, ordered, sealed, submitted."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import arrived_at, reading, transaction
from examsvc.registry.recommending import batches, rows, submitting, views
from examsvc.registry.recommending.inputs import (
    BatchChange,
    BatchInput,
    RecommendationQuery,
    RecommendationSeen,
    RowOrder,
)
from examsvc.registry.recommending.schemas import RecommendationList, RecommendationView

blp = Blueprint("recommendations", __name__, url_prefix="/api/recommendations", description="推荐汇总表 (annex 1)")
READERS = (Role.RECOMMENDER, Role.REGISTRAR, Role.BUREAU)


@blp.route("")
class Recommendations(MethodView):
    @allow(*READERS)
    @blp.arguments(RecommendationQuery, location="query")
    @blp.response(200, RecommendationList)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """The batches of one's department, for the centre and the bureau the submitted ones; the latest first."""
        with reading() as db:
            return views.listed(db, **query, by=caller())

    @allow(Role.RECOMMENDER)
    @blp.arguments(BatchInput)
    @blp.response(201, RecommendationView)
    def post(self, wanted: dict[str, str]) -> dict[str, Any]:
        """Open a draft batch, at any time of the year."""
        with transaction() as db:
            batch = batches.open_batch(db, **wanted, by=caller(), now=clock.now())
            return views.whole(db, batch.id, by=caller(), now=clock.now())


@blp.route("/<uuid:recommendation_id>")
class OneRecommendation(MethodView):
    @allow(*READERS)
    @blp.response(200, RecommendationView)
    def get(self, recommendation_id: UUID) -> dict[str, Any]:
        """A batch with its rows and what is missing or wrong in them."""
        with reading() as db:
            return views.whole(db, recommendation_id, by=caller(), now=clock.now())

    @allow(Role.RECOMMENDER)
    @blp.arguments(BatchChange)
    @blp.response(200, RecommendationView)
    def patch(self, change: dict[str, Any], recommendation_id: UUID) -> dict[str, Any]:
        """Change the title or the contact."""
        with transaction() as db:
            batches.change_batch(db, recommendation_id, **change, by=caller(), now=clock.now())
            return views.whole(db, recommendation_id, by=caller(), now=clock.now())


@blp.route("/<uuid:recommendation_id>/order")
class Order(MethodView):
    @allow(Role.RECOMMENDER)
    @blp.arguments(RowOrder)
    @blp.response(200, RecommendationView)
    def put(self, wanted: dict[str, Any], recommendation_id: UUID) -> dict[str, Any]:
        """Put the rows into the order of their priority; every row is named once."""
        with transaction() as db:
            rows.reorder(db, recommendation_id, **wanted, by=caller(), now=clock.now())
            return views.whole(db, recommendation_id, by=caller(), now=clock.now())


@blp.route("/<uuid:recommendation_id>/submission")
class Submission(MethodView):
    @allow(Role.RECOMMENDER)
    @blp.arguments(RecommendationSeen)
    @blp.response(200, RecommendationView)
    def post(self, seen: dict[str, int], recommendation_id: UUID) -> dict[str, Any]:
        """Submit the batch; inside the window only, by the moment at which the request arrived."""
        with transaction() as db:
            submitting.submit(db, recommendation_id, seen["version"], by=caller(), now=arrived_at())
            return views.whole(db, recommendation_id, by=caller(), now=clock.now())
