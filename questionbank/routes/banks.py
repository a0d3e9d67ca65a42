"""Banks, their coverage and their practical tasks."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.web.edge import reading, transaction
from questionbank import browsing, holdings, practicals
from questionbank.models import ItemBank, PracticalTask
from questionbank.practicals import TaskPlan
from questionbank.schemas.banks import (
    BankList,
    BankPracticalTaskList,
    BankPracticalTaskWhole,
    BankWithTasks,
    Coverage,
)
from questionbank.schemas.practicals import PracticalTaskInput

blp = Blueprint("banks", __name__, url_prefix="/api", description="Item banks")
READERS = (Role.AUTHOR, Role.REVIEWER, Role.OFFICE, Role.QUALITY_SUPERVISOR)


@blp.route("/banks")
class Banks(MethodView):
    @allow(*READERS)
    @blp.response(200, BankList)
    def get(self) -> dict[str, Any]:
        """Every bank, with how many versions it has in each state."""
        with reading() as db:
            return {"items": browsing.banks(db)}


@blp.route("/banks/<uuid:bank_id>")
class Bank(MethodView):
    @allow(*READERS)
    @blp.response(200, BankWithTasks)
    def get(self, bank_id: UUID) -> ItemBank:
        """A bank with its specification's work tasks and knowledge points."""
        with reading() as db:
            return browsing.bank(db, bank_id)


@blp.route("/banks/<uuid:bank_id>/coverage")
class BankCoverage(MethodView):
    @allow(*READERS)
    @blp.response(200, Coverage)
    def get(self, bank_id: UUID) -> dict[str, Any]:
        """Released items by knowledge point, type and difficulty."""
        with reading() as db:
            tasks = browsing.bank(db, bank_id).specification.work_tasks
            return {"items": browsing.coverage(db, bank_id), "work_tasks": tasks}


@blp.route("/banks/<uuid:bank_id>/practical-tasks")
class BankPracticalTasks(MethodView):
    @allow(*READERS)
    @blp.response(200, BankPracticalTaskList)
    def get(self, bank_id: UUID) -> dict[str, Any]:
        """The bank's practical tasks."""
        with reading() as db:
            return {"items": holdings.practical_tasks(db, bank_id)}

    @allow(Role.AUTHOR)
    @blp.arguments(PracticalTaskInput)
    @blp.response(201, BankPracticalTaskWhole)
    def post(self, plan: TaskPlan, bank_id: UUID) -> PracticalTask:
        """Write a practical task; its criteria award exactly 100 points."""
        with transaction() as db:
            task = practicals.add_practical_task(db, bank_id, plan, by=caller(), now=clock.now())
            return holdings.practical_task(db, task.id)


@blp.route("/practical-tasks/<uuid:task_id>")
class BankPracticalTaskPage(MethodView):
    @allow(*READERS)
    @blp.response(200, BankPracticalTaskWhole)
    def get(self, task_id: UUID) -> PracticalTask:
        """A practical task with its brief and criteria."""
        with reading() as db:
            return holdings.practical_task(db, task_id)

    @allow(Role.AUTHOR)
    @blp.arguments(PracticalTaskInput)
    @blp.response(200, BankPracticalTaskWhole)
    def put(self, plan: TaskPlan, task_id: UUID) -> PracticalTask:
        """Change a practical task that no paper has yet."""
        with transaction() as db:
            practicals.revise_practical_task(db, task_id, plan, by=caller(), now=clock.now())
            return holdings.practical_task(db, task_id)
