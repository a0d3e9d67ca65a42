"""The district bureau's desk."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.downloads import BINARY, download
from examsvc.core.web.edge import reading, transaction
from examsvc.registry.applications import districts
from examsvc.registry.applications.centre_schemas import CentrePage, CentreQuery, CentreRecommendationQuery, CentreView
from examsvc.registry.applications.districts import Page
from examsvc.registry.applications.routes.applying import READERS
from examsvc.registry.applications.schemas import ApplicationReasonInput
from examsvc.registry.cases.receiving import takes_file
from examsvc.registry.cases.uploads import Upload

blp = Blueprint("centres", __name__, url_prefix="/api", description="考核点: sites before their district bureau")


@blp.route("/district/centres")
class DistrictCentres(MethodView):
    @allow(Role.DISTRICT)
    @blp.arguments(CentreQuery, location="query")
    @blp.response(200, CentrePage)
    def get(self, query: dict[str, Any]) -> Page:
        """The sites in the caller's district."""
        with reading() as db:
            return districts.centres(db, by=caller(), **query)


@blp.route("/district/centres/<uuid:centre_id>")
class DistrictCentre(MethodView):
    @allow(Role.DISTRICT)
    @blp.response(200, CentreView)
    def get(self, centre_id: UUID) -> dict[str, Any]:
        """One site with its rooms and what was said of it."""
        with reading() as db:
            return districts.centre(db, centre_id, by=caller())


@blp.route("/district/centres/<uuid:centre_id>/recommendation")
class Recommending(MethodView):
    @allow(Role.DISTRICT)
    @takes_file(blp)
    @blp.arguments(CentreRecommendationQuery, location="query")
    @blp.response(201, CentreView)
    def post(self, upload: Upload, query: dict[str, Any], centre_id: UUID) -> dict[str, Any]:
        """Record the district's recommendation with its document."""
        with transaction() as db:
            return districts.recommend(db, centre_id, **query, upload=upload, by=caller(), now=clock.now())


@blp.route("/district/centres/<uuid:centre_id>/refusal")
class Refusing(MethodView):
    @allow(Role.DISTRICT)
    @blp.arguments(ApplicationReasonInput)
    @blp.response(201, CentreView)
    def post(self, body: dict[str, Any], centre_id: UUID) -> dict[str, Any]:
        """Record that the district does not recommend the site, and why."""
        with transaction() as db:
            return districts.refuse(db, centre_id, **body, by=caller(), now=clock.now())


@blp.route("/centres/<uuid:centre_id>/recommendations/<uuid:recommendation_id>/document")
class RecommendationDocument(MethodView):
    @allow(*READERS)
    @blp.response(200, BINARY, content_type="application/octet-stream")
    def get(self, centre_id: UUID, recommendation_id: UUID) -> Response:
        """The document of a recommendation."""
        with reading() as db:
            file = districts.document(db, centre_id, recommendation_id, by=caller())
        return download(file.data, file.name, file.media_type)
