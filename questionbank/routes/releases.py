"""The last steps of a version: released by a second person, retired, compromised."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading, transaction
from examsvc.core.web.schemas import Nothing
from questionbank import browsing, releasing, usage
from questionbank.models import ItemVersion
from questionbank.schemas.items import ItemVersionWhole
from questionbank.schemas.papers import PaperNameList
from questionbank.schemas.wordings import EndReason

blp = Blueprint("releases", __name__, url_prefix="/api/item-versions", description="Releasing and ending versions")
KEEPERS = (Role.OFFICE, Role.REVIEWER)


@blp.route("/<uuid:version_id>/release")
class VersionRelease(MethodView):
    @allow(*KEEPERS)
    @blp.arguments(Nothing)
    @blp.response(200, ItemVersionWhole)
    def post(self, _nothing: dict[str, Any], version_id: UUID) -> ItemVersion:
        """Release an approved version that somebody else wrote; the one before it retires."""
        with transaction() as db:
            releasing.release(db, version_id, by=caller(), now=clock.now())
            return browsing.version(db, version_id)


@blp.route("/<uuid:version_id>/papers")
class VersionPapers(MethodView):
    @allow(*KEEPERS, Role.QUALITY_SUPERVISOR)
    @blp.response(200, PaperNameList)
    def get(self, version_id: UUID) -> dict[str, Any]:
        """The papers that hold a version: what is touched when it is compromised."""
        with reading() as db:
            return {"items": usage.papers_with(db, version_id)}


@blp.route("/<uuid:version_id>/retirement")
class VersionRetirement(MethodView):
    @allow(*KEEPERS)
    @blp.arguments(EndReason)
    @blp.response(200, ItemVersionWhole)
    def post(self, end: dict[str, str], version_id: UUID) -> ItemVersion:
        """Take a version out of use, saying why."""
        with transaction() as db:
            releasing.retire(db, version_id, reason=end["reason"], by=caller(), now=clock.now())
            return browsing.version(db, version_id)


@blp.route("/<uuid:version_id>/compromise")
class VersionCompromise(MethodView):
    @allow(*KEEPERS)
    @blp.arguments(EndReason)
    @blp.response(200, ItemVersionWhole)
    def post(self, end: dict[str, str], version_id: UUID) -> ItemVersion:
        """Put on record that a version became known outside; it is drawn no longer."""
        with transaction() as db:
            releasing.compromise(db, version_id, reason=end["reason"], by=caller(), now=clock.now())
            return browsing.version(db, version_id)
