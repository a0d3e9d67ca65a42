"""Decisions of the centre and the city bureau."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import transaction
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.receiving import takes_file
from examsvc.registry.cases.uploads import Upload
from examsvc.registry.reviews import deciding
from examsvc.registry.reviews.input_schemas import (
    ConclusionInput,
    ConsentForm,
    ConsentRefusalInput,
    SelectionInput,
)
from examsvc.registry.reviews.schemas import CaseMoved

blp = Blueprint("deciding", __name__, url_prefix="/api/cases", description="评估结论、遴选、市局同意")


@blp.route("/<uuid:case_id>/initiation-conclusion")
class InitiationConclusion(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(ConclusionInput)
    @blp.response(201, CaseMoved)
    def post(self, body: dict[str, Any], case_id: UUID) -> Case:
        """Record the centre's conclusion of the initiation review."""
        with transaction() as db:
            return deciding.pass_city(db, case_id, **body, by=caller(), now=clock.now())


@blp.route("/<uuid:case_id>/selection")
class Selection(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(SelectionInput)
    @blp.response(201, CaseMoved)
    def post(self, body: dict[str, Any], case_id: UUID) -> Case:
        """Select a scheme to which the national centre agreed, or turn it down."""
        with transaction() as db:
            return deciding.select(db, case_id, **body, by=caller(), now=clock.now())


@blp.route("/<uuid:case_id>/bureau-consent")
class BureauConsent(MethodView):
    @allow(Role.BUREAU)
    @takes_file(blp)
    @blp.arguments(ConsentForm, location="form")
    @blp.response(201, CaseMoved)
    def post(self, document: Upload, form: dict[str, Any], case_id: UUID) -> Case:
        """The city bureau agrees to the public notice, with its document."""
        by, now = caller(), clock.now()
        with transaction() as db:
            return deciding.consent(db, case_id, form["version"], document, form["note"], by=by, now=now)


@blp.route("/<uuid:case_id>/bureau-refusal")
class BureauRefusal(MethodView):
    @allow(Role.BUREAU)
    @blp.arguments(ConsentRefusalInput)
    @blp.response(201, CaseMoved)
    def post(self, body: dict[str, Any], case_id: UUID) -> Case:
        """The city bureau does not agree, and says why."""
        with transaction() as db:
            return deciding.refuse_consent(db, case_id, **body, by=caller(), now=clock.now())
