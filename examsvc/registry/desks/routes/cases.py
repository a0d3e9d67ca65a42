"""Cases: lists, one case with its history and its files."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import blobs, clock
from examsvc.core.web.downloads import download
from examsvc.core.web.edge import reading, transaction
from examsvc.registry.cases.models import CaseDocument
from examsvc.registry.cases.receiving import takes_file
from examsvc.registry.cases.schemas import DocumentView
from examsvc.registry.cases.uploads import Upload
from examsvc.registry.desks import listing, telling
from examsvc.registry.desks import reading as desk
from examsvc.registry.desks.schemas import CaseHistory, CasePage, CaseQuery, CaseUploadForm, CaseView

blp = Blueprint("cases", __name__, url_prefix="/api/cases", description="事项: cases on their way to filing")
READERS = (
    *(Role.RECOMMENDER, Role.REGISTRAR, Role.BUREAU, Role.DISTRICT, Role.EXPERT),
    *(Role.OFFICE, Role.QUALITY_SUPERVISOR),
)


@blp.route("")
class Cases(MethodView):
    @allow(*READERS)
    @blp.arguments(CaseQuery, location="query")
    @blp.response(200, CasePage)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """The cases one may read, the latest move first."""
        with reading() as db:
            return {**listing.page(db, **query, by=caller()), "server_now": clock.now()}


@blp.route("/<uuid:case_id>")
class OneCase(MethodView):
    @allow(*READERS)
    @blp.response(200, CaseView)
    def get(self, case_id: UUID) -> dict[str, Any]:
        """One case with its annexes and files."""
        with reading() as db:
            return {**desk.case(db, case_id, by=caller()), "server_now": clock.now()}


@blp.route("/<uuid:case_id>/timeline")
class CaseTimeline(MethodView):
    @allow(*READERS)
    @blp.response(200, CaseHistory)
    def get(self, case_id: UUID) -> dict[str, Any]:
        """What happened with the case, oldest first."""
        with reading() as db:
            return {"items": telling.timeline(db, case_id, by=caller())}


@blp.route("/<uuid:case_id>/documents")
class CaseDocuments(MethodView):
    @allow(*READERS)
    @takes_file(blp)
    @blp.arguments(CaseUploadForm, location="form")
    @blp.response(201, DocumentView)
    def post(self, file: Upload, form: dict[str, Any], case_id: UUID) -> CaseDocument:
        """Add a file to a case in which one acts now: PDF, JPEG, PNG, .docx or .xlsx, at most 20 MB."""
        with transaction() as db:
            return desk.upload(db, case_id, file=file, **form, by=caller(), now=clock.now())


@blp.route("/<uuid:case_id>/documents/<uuid:document_id>")
class OneDocument(MethodView):
    @allow(*READERS)
    @blp.response(200, content_type="application/octet-stream")
    def get(self, case_id: UUID, document_id: UUID) -> Response:
        """The bytes of a file of the case."""
        with reading() as db:
            document = desk.document(db, case_id, document_id, by=caller())
        return download(blobs.get(document.digest), document.file_name, document.media_type)
