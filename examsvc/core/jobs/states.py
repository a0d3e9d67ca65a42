"""The life of a job."""

from enum import StrEnum
from typing import Final

from examsvc.core.states import Lifecycle


class JobState(StrEnum):
    WAITING = "WAITING"
    RUNNING = "RUNNING"
    DONE = "DONE"
    REFUSED = "REFUSED"  # what was asked for cannot be; the refusal says why
    FAILED = "FAILED"  # it broke down twice; asking again may help
    CANCELLED = "CANCELLED"


class JobStep(StrEnum):
    """Nothing is locked while a job prepares; what it made is written in one transaction."""

    PREPARING = "PREPARING"
    WRITING = "WRITING"


OPEN: Final = (JobState.WAITING, JobState.RUNNING)
LIFECYCLE: Final = Lifecycle(
    "job",
    {
        JobState.WAITING: {JobState.RUNNING, JobState.CANCELLED},
        JobState.RUNNING: {
            JobState.DONE,
            JobState.REFUSED,
            JobState.FAILED,
            JobState.CANCELLED,
            JobState.WAITING,  # given back by a worker that stops or broke down
        },
    },
)
