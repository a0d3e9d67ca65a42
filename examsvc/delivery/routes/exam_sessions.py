"""The office's exam sessions."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.db import get
from examsvc.core.web.edge import reading, transaction
from examsvc.core.web.schemas import Nothing
from examsvc.delivery import approving, faults, moving, planning, programme
from examsvc.delivery.models import ExamSession
from examsvc.delivery.planning import SessionPlan
from examsvc.delivery.schemas.exam_sessions import (
    CancelInput,
    ExamSessionChange,
    ExamSessionInput,
    ExamSessionList,
    ExamSessionView,
    MoveStartInput,
    PaperPlanShown,
    SessionChoices,
    SessionFaults,
)
from examsvc.delivery.schemas.session_rules import SessionRules
from examsvc.delivery.session_rules import FIXED_RULES, SESSION_RULES, defaults_of

blp = Blueprint("exam_sessions", __name__, url_prefix="/api/exam-sessions", description="Exam sessions")
READERS = (Role.OFFICE, Role.DECISION_MAKER, Role.QUALITY_SUPERVISOR)


@blp.route("")
class ExamSessions(MethodView):
    @allow(*READERS)
    @blp.response(200, ExamSessionList)
    def get(self) -> dict[str, Any]:
        """Every exam session, the latest start first."""
        with reading() as db:
            return {"items": programme.overview(db)}

    @allow(Role.OFFICE)
    @blp.arguments(ExamSessionInput)
    @blp.response(201, ExamSessionView)
    def post(self, plan: dict[str, Any]) -> dict[str, Any]:
        """Create a draft; what is left out has the default of the subject."""
        defaults = defaults_of(SESSION_RULES, plan.pop("subject"))
        with transaction() as db:
            whole = SessionPlan(**{**defaults, **plan})
            created = planning.create_session(db, whole, by=caller(), now=clock.now())
            return programme.session(db, created.id)


@blp.route("/choices")
class Choices(MethodView):
    @allow(Role.OFFICE)
    @blp.response(200, SessionChoices)
    def get(self) -> dict[str, Any]:
        """The filings and papers an exam session can be made from."""
        with reading() as db:
            return programme.choices(db)


@blp.route("/rules")
class Rules(MethodView):
    @allow(*READERS)
    @blp.response(200, SessionRules)
    def get(self) -> dict[str, Any]:
        """The settings of exam sessions with their defaults, and what is fixed in all, each with its source."""
        return {"items": SESSION_RULES, "fixed": FIXED_RULES}


@blp.route("/<uuid:exam_session_id>")
class ExamSessionPage(MethodView):
    @allow(*READERS)
    @blp.response(200, ExamSessionView)
    def get(self, exam_session_id: UUID) -> dict[str, Any]:
        """One exam session."""
        with reading() as db:
            return programme.session(db, exam_session_id)

    @allow(Role.OFFICE)
    @blp.arguments(ExamSessionChange)
    @blp.response(200, ExamSessionView)
    def patch(self, changes: dict[str, Any], exam_session_id: UUID) -> dict[str, Any]:
        """Change a draft; what is left out stays."""
        with transaction() as db:
            changed = planning.change_session(db, exam_session_id, changes, by=caller(), now=clock.now())
            return programme.session(db, changed.id)


@blp.route("/<uuid:exam_session_id>/faults")
class Faults(MethodView):
    @allow(*READERS)
    @blp.response(200, SessionFaults)
    def get(self, exam_session_id: UUID) -> dict[str, Any]:
        """What stands against a published exam session by now."""
        with reading() as db:
            return {"items": faults.of(db, get(db, ExamSession, exam_session_id))}


@blp.route("/<uuid:exam_session_id>/paper-plan/approval")
class PaperPlanApproval(MethodView):
    @allow(Role.OFFICE, Role.DECISION_MAKER)
    @blp.arguments(PaperPlanShown)
    @blp.response(200, ExamSessionView)
    def post(self, shown: dict[str, str], exam_session_id: UUID) -> dict[str, Any]:
        """Approve the paper plan of a draft that somebody else last changed."""
        with transaction() as db:
            approved = approving.approve(db, exam_session_id, **shown, by=caller(), now=clock.now())
            return programme.session(db, approved.id)


@blp.route("/<uuid:exam_session_id>/publish")
class Publish(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(Nothing)
    @blp.response(200, ExamSessionView)
    def post(self, _body: dict[str, Any], exam_session_id: UUID) -> dict[str, Any]:
        """Publish a draft: from now on candidates see it."""
        with transaction() as db:
            published = planning.publish_session(db, exam_session_id, by=caller(), now=clock.now())
            return programme.session(db, published.id)


@blp.route("/<uuid:exam_session_id>/move-start")
class MoveStart(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(MoveStartInput)
    @blp.response(200, ExamSessionView)
    def post(self, order: dict[str, Any], exam_session_id: UUID) -> dict[str, Any]:
        """Move a published exam session to another start; every candidate's page is told and hides the paper."""
        with transaction() as db:
            moved = moving.move_start(db, exam_session_id, **order, by=caller(), now=clock.now())
            return programme.session(db, moved.id)


@blp.route("/<uuid:exam_session_id>/cancel")
class Cancel(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(CancelInput)
    @blp.response(200, ExamSessionView)
    def post(self, order: dict[str, str], exam_session_id: UUID) -> dict[str, Any]:
        """Cancel an exam session that nobody is sitting."""
        with transaction() as db:
            cancelled = planning.cancel_session(db, exam_session_id, **order, by=caller(), now=clock.now())
            return programme.session(db, cancelled.id)
