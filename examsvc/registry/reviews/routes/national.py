"""What goes to the national centre, and what comes back."""

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
from examsvc.registry.annexes import packages
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.receiving import takes_file
from examsvc.registry.cases.uploads import Upload
from examsvc.registry.reviews import dispatching
from examsvc.registry.reviews.dispatching import Reply, Seen
from examsvc.registry.reviews.input_schemas import DispatchInput, ReplyForm
from examsvc.registry.reviews.models import NationalDispatch
from examsvc.registry.reviews.schemas import CaseMoved, DispatchSent

blp = Blueprint("national", __name__, url_prefix="/api", description="报送: the national centre's consent")


@blp.route("/dispatches")
class Dispatches(MethodView):
    @allow(Role.REGISTRAR)
    @blp.arguments(DispatchInput)
    @blp.response(201, DispatchSent)
    def post(self, body: dict[str, Any]) -> NationalDispatch:
        """Pack cases for the national centre and record that they went out, all or none."""
        wanted = [Seen(**one) for one in body["cases"]]
        with transaction() as db:
            return dispatching.send(db, wanted, body["note"], by=caller(), now=clock.now())


@blp.route("/dispatches/<uuid:dispatch_id>/package")
class DispatchPackage(MethodView):
    @allow(Role.REGISTRAR, Role.BUREAU)
    @blp.response(200, BINARY, content_type=packages.MEDIA_TYPE)
    def get(self, dispatch_id: UUID) -> Response:
        """The package as it was sent."""
        with reading() as db:
            name, data = dispatching.package(db, dispatch_id)
        return download(data, name, packages.MEDIA_TYPE)


@blp.route("/cases/<uuid:case_id>/national-reply")
class NationalReplies(MethodView):
    @allow(Role.REGISTRAR)
    @takes_file(blp)
    @blp.arguments(ReplyForm, location="form")
    @blp.response(201, CaseMoved)
    def post(self, letter: Upload, form: dict[str, Any], case_id: UUID) -> Case:
        """Record the national centre's reply about a case, with its letter."""
        reply = Reply(form["reply"], form["replied_at"], form["note"], letter)
        with transaction() as db:
            return dispatching.record_reply(db, case_id, form["version"], reply, by=caller(), now=clock.now())
