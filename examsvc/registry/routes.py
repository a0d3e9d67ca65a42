"""The public list of filings, as data."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import public
from examsvc.core import clock
from examsvc.core.clock import shanghai_date
from examsvc.core.web.edge import reading
from examsvc.registry import listing
from examsvc.registry.schemas import FilingList, FilingQuery, FilingWhole

blp = Blueprint("registry", __name__, url_prefix="/api", description="备案: who may assess what")


@blp.route("/registry/filings")
class Filings(MethodView):
    @public
    @blp.arguments(FilingQuery, location="query")
    @blp.response(200, FilingList)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """The filings by number: which organisation may assess which scheme, and how long."""
        wanted = listing.Wanted(shanghai_date(clock.now()), query["q"], query["standing"])
        with reading() as db:
            return listing.page(db, wanted, after=query["after"], limit=query["limit"])


@blp.route("/registry/filings/<uuid:filing_id>")
class FilingPage(MethodView):
    @public
    @blp.response(200, FilingWhole)
    def get(self, filing_id: UUID) -> dict[str, Any]:
        """One filing with the 考核规范 that it stands on."""
        with reading() as db:
            return listing.filing(db, filing_id, day=shanghai_date(clock.now()))
