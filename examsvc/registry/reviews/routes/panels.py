"""The centre's reviews: the material check, the panel, its meetings, the conclusion."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading, transaction
from examsvc.registry.cases.receiving import takes_file
from examsvc.registry.cases.uploads import Upload
from examsvc.registry.reviews import checking, concluding, desk, meetings, opening, viewing
from examsvc.registry.reviews.checking import Point
from examsvc.registry.reviews.input_schemas import (
    ConclusionInput,
    ExpertQuery,
    MaterialCheckInput,
    MeetingInput,
    MeetingPlanInput,
    MinutesForm,
    ReplacementInput,
    ReviewInput,
)
from examsvc.registry.reviews.meetings import Minutes, Plan
from examsvc.registry.reviews.opening import Appointment
from examsvc.registry.reviews.schemas import CaseReviews, ExpertList

READERS = (
    *(Role.RECOMMENDER, Role.REGISTRAR, Role.BUREAU, Role.DISTRICT, Role.EXPERT),
    *(Role.OFFICE, Role.QUALITY_SUPERVISOR),
)
blp = Blueprint("reviews", __name__, url_prefix="/api", description="评估: checks, panels, meetings, conclusions")


@blp.route("/cases/<uuid:case_id>/material-check")
class MaterialChecks(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(MaterialCheckInput)
    @blp.response(201, CaseReviews)
    def post(self, body: dict[str, Any], case_id: UUID) -> dict[str, Any]:
        """Record the material check with its conclusion."""
        by, points = caller(), [Point(**point) for point in body["items"]]
        with transaction() as db:
            checking.check(
                db, case_id, body["version"], points, body["conclusion"], body["note"], by=by, now=clock.now()
            )
            return viewing.of_case(db, case_id, by=by)


@blp.route("/cases/<uuid:case_id>/reviews")
class Reviews(MethodView):
    @allow(*READERS)
    @blp.response(200, CaseReviews)
    def get(self, case_id: UUID) -> dict[str, Any]:
        """What was checked, reviewed and sent in the case."""
        with reading() as db:
            return viewing.of_case(db, case_id, by=caller())

    @allow(Role.REGISTRAR)
    @blp.arguments(ReviewInput)
    @blp.response(201, CaseReviews)
    def post(self, body: dict[str, Any], case_id: UUID) -> dict[str, Any]:
        """Open the review that the case waits for, with its panel."""
        by, panel = caller(), [Appointment(**one) for one in body["panel"]]
        with transaction() as db:
            opening.open_review(db, case_id, body["version"], panel, by=by, now=clock.now())
            return viewing.of_case(db, case_id, by=by)


@blp.route("/cases/<uuid:case_id>/experts")
class Experts(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(ExpertQuery, location="query")
    @blp.response(200, ExpertList)
    def get(self, query: dict[str, str], case_id: UUID) -> dict[str, Any]:
        """Experts to appoint, with who must not judge this case."""
        with reading() as db:
            return {"items": desk.experts(db, case_id, query["q"], by=caller())}


@blp.route("/reviews/<uuid:review_id>/panellists/<uuid:panellist_id>/replacement")
class Replacement(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(ReplacementInput)
    @blp.response(201, CaseReviews)
    def post(self, body: dict[str, Any], review_id: UUID, panellist_id: UUID) -> dict[str, Any]:
        """Put another expert into somebody's place."""
        by, now = caller(), clock.now()
        with transaction() as db:
            review = opening.replace(db, review_id, panellist_id=panellist_id, **body, by=by, now=now)
            return viewing.of_case(db, review.case_id, by=by)


@blp.route("/reviews/<uuid:review_id>/meetings")
class Meetings(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(MeetingInput)
    @blp.response(201, CaseReviews)
    def post(self, body: dict[str, Any], review_id: UUID) -> dict[str, Any]:
        """Plan the panel's meeting, the hearing or the site visit."""
        by, plan = caller(), Plan(body["starts_at"], body["place"], body["agenda"])
        with transaction() as db:
            review = meetings.plan(db, review_id, body["version"], body["kind"], plan, by=by, now=clock.now())
            return viewing.of_case(db, review.case_id, by=by)


@blp.route("/reviews/<uuid:review_id>/meetings/<uuid:meeting_id>")
class OneMeeting(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(MeetingPlanInput)
    @blp.response(200, CaseReviews)
    def put(self, body: dict[str, Any], review_id: UUID, meeting_id: UUID) -> dict[str, Any]:
        """Move a meeting that was not held yet."""
        by, plan = caller(), Plan(body["starts_at"], body["place"], body["agenda"])
        with transaction() as db:
            review = meetings.move(db, review_id, body["version"], meeting_id, plan, by=by, now=clock.now())
            return viewing.of_case(db, review.case_id, by=by)


@blp.route("/reviews/<uuid:review_id>/meetings/<uuid:meeting_id>/minutes")
class MeetingMinutes(MethodView):
    @allow(Role.REGISTRAR)
    @takes_file(blp)
    @blp.arguments(MinutesForm, location="form")
    @blp.response(201, CaseReviews)
    def post(self, upload: Upload, form: dict[str, Any], review_id: UUID, meeting_id: UUID) -> dict[str, Any]:
        """Record the minutes, with their document, and the result."""
        by = caller()
        held = Minutes(form["held_at"], form["minutes"], form["result"], upload)
        with transaction() as db:
            review = meetings.record(db, review_id, form["version"], meeting_id, held, by=by, now=clock.now())
            return viewing.of_case(db, review.case_id, by=by)


@blp.route("/reviews/<uuid:review_id>/conclusion")
class ReviewConclusion(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(ConclusionInput)
    @blp.response(201, CaseReviews)
    def post(self, body: dict[str, Any], review_id: UUID) -> dict[str, Any]:
        """Conclude the review; the case moves on."""
        by, now = caller(), clock.now()
        with transaction() as db:
            review = concluding.conclude(db, review_id, **body, by=by, now=now)
            return viewing.of_case(db, review.case_id, by=by)
