"""Quality supervision: reads all, changes nothing."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading
from examsvc.supervision import overview, trail
from examsvc.supervision.schemas import (
    SupervisedSessionPage,
    SupervisionQuery,
    TrailPage,
    TrailQuery,
    TrailVerification,
)

blp = Blueprint("supervision", __name__, url_prefix="/api/supervision", description="Quality supervision")
SUPERVISORS = (Role.QUALITY_SUPERVISOR, Role.BUREAU, Role.REGISTRAR)


@blp.route("/sessions")
class SupervisedSessions(MethodView):
    @allow(*SUPERVISORS)
    @blp.arguments(SupervisionQuery, location="query")
    @blp.response(200, SupervisedSessionPage)
    def get(self, query: dict[str, int]) -> dict[str, Any]:
        """All exam sessions with their counts, the latest start first."""
        with reading() as db:
            return overview.sessions(db, page=query["page"])


@blp.route("/sessions/<uuid:exam_session_id>/audit")
class SessionTrail(MethodView):
    @allow(*SUPERVISORS)
    @blp.arguments(TrailQuery, location="query")
    @blp.response(200, TrailPage)
    def get(self, query: dict[str, Any], exam_session_id: UUID) -> dict[str, Any]:
        """The audit entries of the session, its sittings, sheets, results and certificates, newest first."""
        with reading() as db:
            return trail.entries(db, exam_session_id, **query)


@blp.route("/sessions/<uuid:exam_session_id>/audit/verification")
class SessionTrailVerification(MethodView):
    @allow(*SUPERVISORS)
    @blp.response(200, TrailVerification)
    def get(self, exam_session_id: UUID) -> dict[str, Any]:
        """Whether every chain of the session is whole, and where it is not."""
        with reading() as db:
            found = trail.verify(db, exam_session_id)
        return {**vars(found), "whole": found.whole, "verified_at": clock.now()}
