"""Rulings on misconduct over HTTP: the office rules and serves, somebody else reviews."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.downloads import BINARY, download
from examsvc.core.web.edge import reading as reading_only
from examsvc.core.web.edge import transaction
from proctoring.misconduct import finding, printing, reading, ruling
from proctoring.misconduct.schemas.rulings import RevocationInput, RulingInput, ServiceInput
from proctoring.misconduct.schemas.views import MisconductView

blp = Blueprint("misconduct-rulings", __name__, url_prefix="/api", description="Rulings on misconduct")
_RULING = "/misconduct-rulings/<uuid:ruling_id>"
Whole = dict[str, Any]


@blp.route("/misconduct-records/<uuid:record_id>/rulings")
class Rulings(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(RulingInput)
    @blp.response(201, MisconductView)
    def post(self, sent: dict[str, Any], record_id: UUID) -> Whole:
        """Rule on the record in writing. Scores that the ruling makes void do not count from now on."""
        with transaction() as db:
            made = ruling.rule(db, record_id, **sent, by=caller(), now=clock.now())
            return reading.whole(db, made.record, by=caller())


@blp.route(f"{_RULING}/service")
class RulingService(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(ServiceInput)
    @blp.response(200, MisconductView)
    def post(self, sent: dict[str, Any], ruling_id: UUID) -> Whole:
        """Note when and how the ruling was served; the time for a remedy runs from then."""
        with transaction() as db:
            served = ruling.serve(db, ruling_id, **sent, by=caller(), now=clock.now())
            return reading.whole(db, served.record, by=caller())


@blp.route(f"{_RULING}/revocation")
class Revocation(MethodView):
    @allow(Role.OFFICE, Role.DECISION_MAKER)
    @blp.arguments(RevocationInput)
    @blp.response(200, MisconductView)
    def post(self, sent: dict[str, str], ruling_id: UUID) -> Whole:
        """Revoke the ruling on review; what it made void counts again."""
        with transaction() as db:
            revoked = ruling.revoke(db, ruling_id, **sent, by=caller(), now=clock.now())
            return reading.whole(db, revoked.record, by=caller())


@blp.route(f"{_RULING}/pdf")
class RulingDocument(MethodView):
    @allow(*finding.READERS)
    @blp.response(200, BINARY, content_type="application/pdf")
    def get(self, ruling_id: UUID) -> Response:
        """The ruling as a document, to be signed, sealed and served."""
        with reading_only() as db:
            printed = printing.print_ruling(db, ruling_id)
        return download(printed.pdf, printed.file_name, "application/pdf")
