"""Keeps frames off the path of sockets and answers: a bounded queue, and batches that are written behind it."""

import hashlib
import logging
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Event
from typing import Any

from examsvc.core import blobs
from examsvc.core.db import Database
from proctoring import snapshots
from proctoring.cadence import KeepReason
from proctoring.frames import Frame
from proctoring.snapshots import Stored

log = logging.getLogger(__name__)

QUEUE_LIMIT = 256
BATCH = 32


@dataclass(frozen=True)
class Job:
    """A frame to keep, and what to do once it is kept, or once it is clear that it will not be."""

    frame: Frame
    reason: KeepReason
    then: Callable[[Frame], None]


class Keeper:
    """The queue and its writer. Load shedding drops the newest routine frames first, and counts them."""

    def __init__(self, database: Database, run_outside: Callable[[Callable[[], Any]], Any]) -> None:
        self._database = database
        self._run_outside = run_outside
        self._jobs: deque[Job] = deque()
        self._offered = Event()
        self.kept = 0
        self.dropped = 0

    @property
    def queued(self) -> int:
        """How many frames wait."""
        return len(self._jobs)

    def offer(self, job: Job) -> None:
        """Queue the job; when the queue is full, the least important newest one is only shown."""
        self._jobs.append(job)
        self._offered.set()
        if len(self._jobs) > QUEUE_LIMIT:
            victim = _least_important(self._jobs)
            self._jobs.remove(victim)
            self.dropped += 1
            victim.then(victim.frame)

    def wait(self) -> None:
        """Wait until a frame was offered, or put back, since the last time."""
        self._offered.wait()
        self._offered.clear()

    def write_batch(self) -> int:
        """Write the next frames and return how many; a failed batch stays queued and the fault is raised."""
        batch = [self._jobs.popleft() for _ in range(min(BATCH, len(self._jobs)))]
        if not batch:
            return 0
        try:
            self._store(batch)
        except Exception:  # also the blob store's own
            self._put_back(batch)
            raise
        self.kept += len(batch)
        for job in batch:
            job.then(job.frame)
        return len(batch)

    def _store(self, batch: list[Job]) -> None:
        """First the bytes, then the rows: a row never names bytes that are not there."""
        self._run_outside(lambda: [blobs.put(job.frame.jpeg) for job in batch])
        with self._database.transaction() as db:
            snapshots.keep(db, [_stored(job) for job in batch])

    def _put_back(self, batch: Iterable[Job]) -> None:
        waiting = list(self._jobs)
        self._jobs.clear()
        for job in (*batch, *waiting):
            self.offer(job)


def _stored(job: Job) -> Stored:
    frame = job.frame
    digest = hashlib.sha256(frame.jpeg).hexdigest()
    return Stored(frame.sitting_id, frame.taken_at, frame.received_at, digest, len(frame.jpeg), job.reason)


def _least_important(jobs: Iterable[Job]) -> Job:
    """Return the newest of the jobs whose reason load shedding spares least."""
    ranks = list(KeepReason)
    return max(enumerate(jobs), key=lambda placed: (ranks.index(placed[1].reason), placed[0]))[1]
