"""The office's batches."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading, transaction
from examsvc.delivery.batches import keeping
from examsvc.delivery.batches.schemas import BatchChoice, BatchList, ExamBatchChange, ExamBatchInput

blp = Blueprint("batches", __name__, url_prefix="/api", description="Batches of exam sessions")
READERS = (Role.OFFICE, Role.DECISION_MAKER, Role.QUALITY_SUPERVISOR)


@blp.route("/batches")
class Batches(MethodView):
    @allow(*READERS)
    @blp.response(200, BatchList)
    def get(self) -> dict[str, Any]:
        """Every batch with its exam sessions, the newest first."""
        with reading() as db:
            return {"items": keeping.everything(db)}

    @allow(Role.OFFICE)
    @blp.arguments(ExamBatchInput)
    @blp.response(201, BatchList)
    def post(self, wanted: dict[str, Any]) -> dict[str, Any]:
        """Enter a batch."""
        with transaction() as db:
            keeping.create(db, **wanted, by=caller(), now=clock.now())
            return {"items": keeping.everything(db)}


@blp.route("/batches/<uuid:batch_id>")
class BatchPage(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(ExamBatchChange)
    @blp.response(200, BatchList)
    def put(self, change: dict[str, Any], batch_id: UUID) -> dict[str, Any]:
        """Give a batch another code or name."""
        with transaction() as db:
            keeping.change(db, batch_id, **change, by=caller(), now=clock.now())
            return {"items": keeping.everything(db)}


@blp.route("/exam-sessions/<uuid:exam_session_id>/batch")
class SessionBatch(MethodView):
    @allow(Role.OFFICE)
    @blp.arguments(BatchChoice)
    @blp.response(200, BatchList)
    def put(self, choice: dict[str, UUID | None], exam_session_id: UUID) -> dict[str, Any]:
        """Put an exam session into a batch, or into none."""
        with transaction() as db:
            keeping.put_session(db, exam_session_id, choice["batch_id"], by=caller(), now=clock.now())
            return {"items": keeping.everything(db)}
