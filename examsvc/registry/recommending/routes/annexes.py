"""建议书 and 主要考核内容 of a row."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import transaction
from examsvc.registry.recommending import drafts, proposals, views
from examsvc.registry.recommending.inputs import MainContentChange, ProposalChange
from examsvc.registry.recommending.schemas import WrittenView

blp = Blueprint(
    "recommendation-annexes", __name__, url_prefix="/api/recommendations", description="建议书 (annexes 2 and 3)"
)


@blp.route("/<uuid:recommendation_id>/rows/<uuid:case_id>/proposal")
class ProposalOfRow(MethodView):
    @allow(Role.RECOMMENDER)
    @blp.arguments(ProposalChange)
    @blp.response(200, WrittenView)
    def put(self, wanted: dict[str, Any], recommendation_id: UUID, case_id: UUID) -> dict[str, Any]:
        """Keep the sections of 建议书 as far as they are written; the version is the case's."""
        with transaction() as db:
            drafts.in_batch(db, recommendation_id, case_id, by=caller())
            proposals.write_proposal(db, case_id, **wanted, by=caller(), now=clock.now())
            return views.row(db, recommendation_id, case_id, by=caller())


@blp.route("/<uuid:recommendation_id>/rows/<uuid:case_id>/main-content")
class MainContentOfRow(MethodView):
    @allow(Role.RECOMMENDER)
    @blp.arguments(MainContentChange)
    @blp.response(200, WrittenView)
    def put(self, wanted: dict[str, Any], recommendation_id: UUID, case_id: UUID) -> dict[str, Any]:
        """Keep 主要考核内容 as far as it is written; the version is the case's."""
        with transaction() as db:
            drafts.in_batch(db, recommendation_id, case_id, by=caller())
            version, content = wanted["version"], wanted["main_content"]
            proposals.write_main_content(db, case_id, version, content, by=caller(), now=clock.now())
            return views.row(db, recommendation_id, case_id, by=caller())
