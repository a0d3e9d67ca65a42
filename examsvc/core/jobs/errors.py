"""Refusals around jobs, and what makes a worker leave one."""

from examsvc.core.errors import Refusal


class JobOver(Refusal):
    code = "job_over"
    detail = "The job has ended already; it cannot be cancelled any more."


class JobBroken(Refusal):
    """The refusal of a job that broke down, or whose worker died, as often as it may."""

    code = "job_broken"
    status = 500
    detail = "The work broke down twice and changed nothing. Ask for it again, or tell whoever runs the service."


class JobOvertaken(Refusal):
    """Raised by work whose preparation holds no more when it comes to writing; it is prepared once more."""

    code = "job_overtaken"
    detail = "What the work was prepared from was changed by others again and again. Nothing was written."


class Left(Exception):
    """The worker leaves the job: nothing of it is written."""


class Cancelled(Left):
    """Whoever asked for the job called it off."""


class Stopped(Left):
    """The worker was told to stop; another one takes the job."""


class LeaseLost(Left):
    """Another worker has the job by now."""
