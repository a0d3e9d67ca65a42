"""Pictures, sounds and films of a bank."""

from typing import Any
from uuid import UUID

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import blobs, clock
from examsvc.core.web.downloads import BINARY
from examsvc.core.web.edge import reading, transaction
from examsvc.core.web.shown_files import ANY_TYPE, shown
from examsvc.core.web.uploads import limited
from questionbank.media import keeping
from questionbank.media.files import MOST_OF_ANY
from questionbank.models import ItemMedium
from questionbank.schemas.media import MediumUpload, MediumView

blp = Blueprint("item_media", __name__, url_prefix="/api", description="Files that items show")
READERS = (Role.AUTHOR, Role.REVIEWER, Role.OFFICE, Role.QUALITY_SUPERVISOR)


@blp.route("/banks/<uuid:bank_id>/media")
class BankMedia(MethodView):
    @allow(Role.AUTHOR)
    @limited(MOST_OF_ANY)
    @blp.arguments(MediumUpload, location="files")
    @blp.response(201, MediumView)
    def post(self, files: dict[str, Any], bank_id: UUID) -> ItemMedium:
        """Keep a picture (at most 5 MB), a sound (10 MB) or a film (50 MB) with the bank."""
        sent = files["file"]
        data = sent.stream.read(MOST_OF_ANY + 1)
        with transaction() as db:
            return keeping.keep(db, bank_id, sent.filename or "", data, by=caller(), now=clock.now())


@blp.route("/banks/<uuid:bank_id>/media/<string(length=64):digest>")
class BankMedium(MethodView):
    @allow(*READERS)
    @blp.response(200, BINARY, content_type=ANY_TYPE)
    def get(self, bank_id: UUID, digest: str) -> Response:
        """A file of the bank, for staff."""
        with reading() as db:
            media_type = keeping.medium(db, bank_id, digest).media_type
        return shown(blobs.get(digest), media_type, digest)
