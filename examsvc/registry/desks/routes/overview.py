"""What waits for whom, and how many cases stand where."""

from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading
from examsvc.registry.desks import counting, tasks
from examsvc.registry.desks.routes.cases import READERS
from examsvc.registry.desks.schemas import CaseDesk, StageCounts

blp = Blueprint("desks", __name__, url_prefix="/api", description="What waits for whom")


@blp.route("/desk")
class OwnDesk(MethodView):
    @allow(*READERS)
    @blp.response(200, CaseDesk)
    def get(self) -> dict[str, Any]:
        """What waits for the caller."""
        by, now = caller(), clock.now()
        with reading() as db:
            return {
                "waiting": counting.waiting(db, by=by, now=now),
                "cases": counting.urgent(db, by=by),
                "tasks": tasks.of(db, by=by),
                "server_now": now,
            }


@blp.route("/board")
class StageBoard(MethodView):
    @allow(Role.REGISTRAR, Role.BUREAU)
    @blp.response(200, StageCounts)
    def get(self) -> dict[str, Any]:
        """Every state with its cases: how many, since when, how many overdue."""
        now = clock.now()
        with reading() as db:
            return {"items": counting.board(db, by=caller(), now=now), "server_now": now}
