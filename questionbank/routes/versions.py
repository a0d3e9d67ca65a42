"""One version of an item: its key, its preview, and its way through review."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import transaction
from examsvc.core.web.schemas import Nothing
from questionbank import authoring, browsing, previewing, reviewing
from questionbank.authoring import Wording
from questionbank.likeness import duplicates
from questionbank.likeness.duplicates import Written
from questionbank.models import ItemVersion
from questionbank.schemas.items import ItemKeyView, ItemPreview, ItemVersionWhole
from questionbank.schemas.likeness import ItemVersionWritten
from questionbank.schemas.wordings import ReviewNote, SendBackNote, WordingInput

blp = Blueprint("item_versions", __name__, url_prefix="/api", description="Versions of items and their review")


@blp.route("/item-versions/<uuid:version_id>")
class Version(MethodView):
    @allow(Role.AUTHOR)
    @blp.arguments(WordingInput)
    @blp.response(200, ItemVersionWritten)
    def put(self, wording: dict[str, Any], version_id: UUID) -> Written:
        """Change a draft."""
        with transaction() as db:
            authoring.revise_draft(db, version_id, Wording(**wording), by=caller(), now=clock.now())
            return duplicates.warned(db, version_id)


@blp.route("/item-versions/<uuid:version_id>/key")
class VersionKey(MethodView):
    @allow(Role.AUTHOR, Role.REVIEWER)
    @blp.response(200, ItemKeyView)
    def get(self, version_id: UUID) -> ItemVersion:
        """A version's key and explanation; who looks is put on record."""
        with transaction() as db:
            return browsing.view_key(db, version_id, by=caller(), now=clock.now())


@blp.route("/item-versions/<uuid:version_id>/preview")
class VersionPreview(MethodView):
    @allow(Role.AUTHOR, Role.REVIEWER, Role.OFFICE, Role.QUALITY_SUPERVISOR)
    @blp.response(200, ItemPreview)
    def get(self, version_id: UUID) -> dict[str, Any]:
        """A version as a candidate sees it; of a secret bank, who looks is put on record."""
        with transaction() as db:
            return previewing.as_candidates_see(browsing.view(db, version_id, by=caller(), now=clock.now()))


@blp.route("/item-versions/<uuid:version_id>/submission")
class VersionSubmission(MethodView):
    @allow(Role.AUTHOR)
    @blp.arguments(Nothing)
    @blp.response(200, ItemVersionWhole)
    def post(self, _nothing: dict[str, Any], version_id: UUID) -> ItemVersion:
        """Hand a draft to review."""
        with transaction() as db:
            reviewing.submit(db, version_id, by=caller(), now=clock.now())
            return browsing.version(db, version_id)


@blp.route("/item-versions/<uuid:version_id>/approval")
class VersionApproval(MethodView):
    @allow(Role.REVIEWER)
    @blp.arguments(ReviewNote)
    @blp.response(200, ItemVersionWhole)
    def post(self, review: dict[str, str], version_id: UUID) -> ItemVersion:
        """Approve a version somebody else wrote."""
        with transaction() as db:
            reviewing.approve(db, version_id, note=review["note"], by=caller(), now=clock.now())
            return browsing.version(db, version_id)


@blp.route("/item-versions/<uuid:version_id>/return")
class VersionReturn(MethodView):
    @allow(Role.REVIEWER)
    @blp.arguments(SendBackNote)
    @blp.response(200, ItemVersionWhole)
    def post(self, review: dict[str, str], version_id: UUID) -> ItemVersion:
        """Send a version back to its author, saying why."""
        with transaction() as db:
            reviewing.send_back(db, version_id, note=review["note"], by=caller(), now=clock.now())
            return browsing.version(db, version_id)
