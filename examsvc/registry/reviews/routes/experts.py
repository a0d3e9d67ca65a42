"""The expert's desk."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading, transaction
from examsvc.registry.reviews import desk, interests, opining
from examsvc.registry.reviews.input_schemas import InterestInput, OpinionInput, OwnInterestInput, OwnReviewQuery
from examsvc.registry.reviews.interests import Interest
from examsvc.registry.reviews.models import ExpertInterest
from examsvc.registry.reviews.schemas import InterestList, InterestView, OwnReview, OwnReviewPage

blp = Blueprint("expert", __name__, url_prefix="/api/expert", description="专家: reviews that wait for an opinion")


@blp.route("/reviews")
class OwnReviews(MethodView):
    @allow(Role.EXPERT)
    @blp.arguments(OwnReviewQuery, location="query")
    @blp.response(200, OwnReviewPage)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """The caller's reviews, those under way or those over."""
        with reading() as db:
            return desk.mine(db, **query, by=caller())


@blp.route("/reviews/<uuid:review_id>")
class OneReview(MethodView):
    @allow(Role.EXPERT)
    @blp.response(200, OwnReview)
    def get(self, review_id: UUID) -> dict[str, Any]:
        """One of them, with what the caller may see of it."""
        with reading() as db:
            return desk.one(db, review_id, by=caller())


@blp.route("/reviews/<uuid:review_id>/opinion")
class Opinion(MethodView):
    @allow(Role.EXPERT)
    @blp.arguments(OpinionInput)
    @blp.response(200, OwnReview)
    def put(self, body: dict[str, Any], review_id: UUID) -> dict[str, Any]:
        """Give one's opinion, or another one until the conclusion."""
        by, now = caller(), clock.now()
        with transaction() as db:
            opining.give(db, review_id, **body, by=by, now=now)
            return desk.one(db, review_id, by=by)


@blp.route("/reviews/<uuid:review_id>/interest")
class StandingDown(MethodView):
    @allow(Role.EXPERT)
    @blp.arguments(OwnInterestInput)
    @blp.response(204)
    def post(self, body: dict[str, str], review_id: UUID) -> None:
        """Declare an interest in the case and stand down."""
        with transaction() as db:
            opining.declare_interest(db, review_id, body["what"], by=caller(), now=clock.now())


@blp.route("/interests")
class Interests(MethodView):
    @allow(Role.EXPERT)
    @blp.response(200, InterestList)
    def get(self) -> dict[str, Any]:
        """What the caller declared."""
        with reading() as db:
            return {"items": interests.own(db, by=caller())}

    @allow(Role.EXPERT)
    @blp.arguments(InterestInput)
    @blp.response(201, InterestView)
    def post(self, body: dict[str, Any]) -> ExpertInterest:
        """Declare an interest in an organisation or a department."""
        interest = Interest(body["credit_code"], body["department_id"])
        with transaction() as db:
            return interests.declare(db, interest, body["what"], by=caller(), now=clock.now())
