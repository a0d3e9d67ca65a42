"""Files as evidence over HTTP: whoever keeps a record adds them, whoever reads it sees and keeps them."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import blobs, clock
from examsvc.core.web.downloads import BINARY, download
from examsvc.core.web.edge import reading as reading_only
from examsvc.core.web.edge import transaction
from examsvc.core.web.shown_files import ANY_TYPE, shown
from examsvc.core.web.uploads import limited
from proctoring.misconduct import attaching, files, finding, reading
from proctoring.misconduct.schemas.records import EvidenceUpload
from proctoring.misconduct.schemas.views import MisconductView

blp = Blueprint("misconduct-files", __name__, url_prefix="/api", description="Files as evidence of misconduct")
READERS = (Role.PROCTOR, *finding.READERS)
KEEPERS = (Role.PROCTOR, Role.OFFICE)
_FILES = "/misconduct-records/<uuid:record_id>/files"


@blp.route(_FILES)
class EvidenceFiles(MethodView):
    @allow(*KEEPERS)
    @limited(files.MOST_OF_ANY)
    @blp.arguments(EvidenceUpload, location="files")
    @blp.response(201, MisconductView)
    def post(self, sent: dict[str, Any], record_id: UUID) -> dict[str, Any]:
        """Add a photo (JPEG, PNG), a PDF (at most 15 MB) or a short film (MP4, MOV, WebM, 50 MB) as evidence.

        Until the candidate is told. The same file again changes nothing.
        """
        with reading_only() as db:
            attaching.check_may_add(db, record_id, by=caller())
        upload = sent["file"]
        file = files.prepared(upload.filename or "", upload.stream.read(files.MOST_OF_ANY + 1))
        digest = blobs.put(file.data)  # before the transaction, which everybody else waits for
        with transaction() as db:
            record = attaching.add(db, record_id, file, digest, by=caller(), now=clock.now())
            return reading.whole(db, record, by=caller())


@blp.route(f"{_FILES}/<uuid:file_id>")
class EvidenceFileShown(MethodView):
    @allow(*READERS)
    @blp.response(200, BINARY, content_type=ANY_TYPE)
    def get(self, record_id: UUID, file_id: UUID) -> Response:
        """A file that is evidence, to be shown or played in a page."""
        with reading_only() as db:
            found = attaching.linked_file(db, record_id, file_id, by=caller())
            media_type, digest = found.media_type, found.digest
        return shown(blobs.get(digest), media_type, digest)


@blp.route(f"{_FILES}/<uuid:file_id>/download")
class EvidenceFileDownload(MethodView):
    @allow(*READERS)
    @blp.response(200, BINARY, content_type=ANY_TYPE)
    def get(self, record_id: UUID, file_id: UUID) -> Response:
        """A file that is evidence, byte for byte, to keep."""
        with reading_only() as db:
            found = attaching.linked_file(db, record_id, file_id, by=caller())
            name, media_type, digest = found.name, found.media_type, found.digest
        return download(blobs.get(digest), name, media_type)
