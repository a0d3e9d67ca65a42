"""Objections, as the centre handles them. The public sends them from the page of the notice."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts import service as accounts
from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.db import get
from examsvc.core.web.edge import reading, transaction
from examsvc.registry.publicity import handling, resolving, views
from examsvc.registry.publicity import reading as pages
from examsvc.registry.publicity.models import Objection
from examsvc.registry.publicity.objection_schemas import (
    CentreStaffList,
    ConcernInput,
    ObjectionPage,
    ObjectionQuery,
    ObjectionWhole,
    ResolutionInput,
)

blp = Blueprint("objections", __name__, url_prefix="/api", description="异议: objections of the public")


@blp.route("/objections")
class Objections(MethodView):
    @allow(Role.REGISTRAR, Role.BUREAU)
    @blp.arguments(ObjectionQuery, location="query")
    @blp.response(200, ObjectionPage)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """The objections, the newest first, without who made them."""
        with reading() as db:
            return pages.objections(db, **query)


@blp.route("/objections/<uuid:objection_id>")
class ObjectionPageOne(MethodView):
    @allow(Role.REGISTRAR)
    @blp.response(200, ObjectionWhole)
    def get(self, objection_id: UUID) -> dict[str, Any]:
        """One objection; who made it is told to those whom it does not concern."""
        with reading() as db:
            return views.whole_objection(db, get(db, Objection, objection_id), by=caller())


@blp.route("/objections/<uuid:objection_id>/evidence")
class ObjectionEvidence(MethodView):
    @allow(Role.REGISTRAR)
    @blp.response(200)
    def get(self, objection_id: UUID) -> Response:
        """The file that stands with an objection, for those whom it does not concern."""
        with reading() as db:
            return handling.evidence_answer(db, objection_id, by=caller())


@blp.route("/objections/<uuid:objection_id>/concern")
class ObjectionConcern(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(ConcernInput)
    @blp.response(200, ObjectionWhole)
    def post(self, body: dict[str, Any], objection_id: UUID) -> dict[str, Any]:
        """Enter whom at the centre the objection is about, or nobody."""
        with transaction() as db:
            one = resolving.name_concerned(db, objection_id, body["account_id"], by=caller(), now=clock.now())
            db.flush()
            db.refresh(one, ["concerned"])
            return views.whole_objection(db, one, by=caller())


@blp.route("/objections/<uuid:objection_id>/resolution")
class ObjectionResolution(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(ResolutionInput)
    @blp.response(200, ObjectionWhole)
    def post(self, body: dict[str, Any], objection_id: UUID) -> dict[str, Any]:
        """Answer an objection in writing: it is founded, or it is not."""
        with transaction() as db:
            one = handling.resolve(db, objection_id, body, by=caller(), now=clock.now())
            return views.whole_objection(db, one, by=caller())


@blp.route("/objections/centre-staff")
class StaffOfCentre(MethodView):
    @allow(Role.REGISTRAR)
    @blp.response(200, CentreStaffList)
    def get(self) -> dict[str, Any]:
        """The people at the centre whom an objection may be about."""
        with reading() as db:
            staff = accounts.holders(db, Role.REGISTRAR)
            return {"items": [{"id": one.id, "name": one.display_name} for one in staff]}
