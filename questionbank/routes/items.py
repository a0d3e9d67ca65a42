"""Items: listed, shown, written."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading, transaction
from questionbank import authoring, browsing, comparing, listing
from questionbank.authoring import Wording
from questionbank.likeness import duplicates
from questionbank.likeness.duplicates import Written
from questionbank.listing import ItemFilter, Page
from questionbank.schemas.differences import DifferenceQuery, ItemDifferences
from questionbank.schemas.items import ItemVersionList, ItemVersionPage, ItemView
from questionbank.schemas.likeness import ItemVersionWritten
from questionbank.schemas.wordings import ItemInput, ItemQuery, WordingInput

blp = Blueprint("items", __name__, url_prefix="/api", description="Items")
READERS = (Role.AUTHOR, Role.REVIEWER, Role.OFFICE, Role.QUALITY_SUPERVISOR)


@blp.route("/banks/<uuid:bank_id>/items")
class BankItems(MethodView):
    @allow(*READERS)
    @blp.arguments(ItemQuery, location="query")
    @blp.response(200, ItemVersionPage)
    def get(self, query: dict[str, Any], bank_id: UUID) -> Page:
        """A page of the bank's versions, filtered: by its number, or behind the cursor of the page before."""
        page, after = query.pop("page"), query.pop("after")
        with reading() as db:
            return listing.items(db, bank_id, ItemFilter(**query), page=page, after=after)

    @allow(Role.AUTHOR)
    @blp.arguments(ItemInput)
    @blp.response(201, ItemVersionWritten)
    def post(self, item: dict[str, Any], bank_id: UUID) -> Written:
        """Write a new item as a draft."""
        code, external_id = item.pop("code"), item.pop("external_id")
        with transaction() as db:
            version = authoring.write_item(
                db, bank_id, code, Wording(**item), external_id=external_id, by=caller(), now=clock.now()
            )
            return duplicates.warned(db, version.id)


@blp.route("/items/<uuid:item_id>")
class ItemPage(MethodView):
    @allow(*READERS)
    @blp.response(200, ItemView)
    def get(self, item_id: UUID) -> dict[str, Any]:
        """An item with its versions and its history; no keys. Of a secret bank, who looks is put on record."""
        with transaction() as db:
            return browsing.view_item(db, item_id, by=caller(), now=clock.now())


@blp.route("/items/<uuid:item_id>/differences")
class Differences(MethodView):
    @allow(*READERS)
    @blp.arguments(DifferenceQuery, location="query")
    @blp.response(200, ItemDifferences)
    def get(self, query: dict[str, int], item_id: UUID) -> dict[str, Any]:
        """What changed between two versions of an item; the key for those who may see it, put on record."""
        by = caller()
        with transaction() as db:
            may = by.has(Role.AUTHOR, Role.REVIEWER)
            return comparing.compare(db, item_id, **query, with_key=may, by=by, now=clock.now())


@blp.route("/items/<uuid:item_id>/versions")
class ItemVersions(MethodView):
    @allow(Role.AUTHOR)
    @blp.arguments(WordingInput)
    @blp.response(201, ItemVersionWritten)
    def post(self, wording: dict[str, Any], item_id: UUID) -> Written:
        """Write the next version of an item as a draft."""
        with transaction() as db:
            version = authoring.write_version(db, item_id, Wording(**wording), by=caller(), now=clock.now())
            return duplicates.warned(db, version.id)


@blp.route("/review-queue")
class ReviewQueue(MethodView):
    @allow(Role.REVIEWER)
    @blp.response(200, ItemVersionList)
    def get(self) -> dict[str, Any]:
        """What waits for the caller's review, oldest first."""
        with reading() as db:
            return {"items": browsing.review_queue(db, by=caller())}
