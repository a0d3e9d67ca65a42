"""One's own jobs: how far they are, and calling one off."""

from typing import Any
from uuid import UUID

from flask.views import MethodView
from flask_smorest import Blueprint

from examsvc.accounts.access import allow, caller
from examsvc.accounts.roles import Role
from examsvc.core import clock
from examsvc.core.jobs import asking
from examsvc.core.jobs.models import Job
from examsvc.core.web.edge import reading, transaction
from examsvc.jobs.schemas import JobList, JobQuery, JobView

blp = Blueprint("jobs", __name__, url_prefix="/api", description="Work done for one by the service")


@blp.route("/jobs")
class Jobs(MethodView):
    @allow(*Role)
    @blp.arguments(JobQuery, location="query")
    @blp.response(200, JobList)
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """The caller's latest jobs, newest first."""
        with reading() as db:
            return {"items": asking.listed(db, **query, by=caller())}


@blp.route("/jobs/<uuid:job_id>")
class OneJob(MethodView):
    @allow(*Role)
    @blp.response(200, JobView)
    def get(self, job_id: UUID) -> Job:
        """How far a job of the caller is."""
        with reading() as db:
            return asking.own(db, job_id, by=caller())


@blp.route("/jobs/<uuid:job_id>/cancel")
class JobCancel(MethodView):
    @allow(*Role)
    @blp.response(200, JobView)
    def post(self, job_id: UUID) -> Job:
        """Call a job of the caller off; one that runs ends as soon as its worker notices."""
        with transaction() as db:
            return asking.cancel(db, job_id, by=caller(), now=clock.now())
