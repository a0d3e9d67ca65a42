"""The files of a batch: the sealed scan of annex 1, and proofs of credit codes."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import transaction
from examsvc.registry.cases.receiving import takes_file
from examsvc.registry.cases.uploads import Upload
from examsvc.registry.recommending import drafts, rows, scans, views
from examsvc.registry.recommending.schemas import RecommendationView, RowDetail

blp = Blueprint("recommendation-files", __name__, url_prefix="/api/recommendations", description="Files of a batch")
SCANS = ("pdf", "jpg", "png")


@blp.route("/<uuid:recommendation_id>/scan")
class SealedScan(MethodView):
    @allow(Role.RECOMMENDER)
    @takes_file(blp, allowed=SCANS)
    @blp.response(200, RecommendationView)
    def post(self, upload: Upload, recommendation_id: UUID) -> dict[str, Any]:
        """Keep the scan of annex 1 with the department's seal: PDF, JPEG or PNG."""
        with transaction() as db:
            scans.keep_scan(db, recommendation_id, upload, by=caller(), now=clock.now())
            return views.whole(db, recommendation_id, by=caller(), now=clock.now())


@blp.route("/<uuid:recommendation_id>/rows/<uuid:case_id>/credit-code-proof")
class CreditCodeProof(MethodView):
    @allow(Role.RECOMMENDER)
    @takes_file(blp)
    @blp.response(200, RowDetail)
    def post(self, upload: Upload, recommendation_id: UUID, case_id: UUID) -> dict[str, Any]:
        """Keep a proof that the code is genuine although its check character is wrong."""
        with transaction() as db:
            drafts.in_batch(db, recommendation_id, case_id, by=caller())
            rows.keep_proof(db, case_id, upload, by=caller(), now=clock.now())
            return views.row(db, recommendation_id, case_id, by=caller())
