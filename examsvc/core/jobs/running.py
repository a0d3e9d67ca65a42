"""A worker's way with one job: lease, prepare, write, end."""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Event, Thread

from examsvc.core import canonical, clock
from examsvc.core.db import Database
from examsvc.core.errors import NotAllowed, Refusal
from examsvc.core.identity import Identity
from examsvc.core.jobs import leasing
from examsvc.core.jobs.errors import Cancelled, JobOvertaken, LeaseLost, Stopped
from examsvc.core.jobs.kinds import Asked, Identify, Kind
from examsvc.core.jobs.leasing import Ending, Lease
from examsvc.core.jobs.models import Job
from examsvc.core.jobs.progress import Progress
from examsvc.core.jobs.states import JobStep

SHOWN_EVERY_SECONDS = 1.0
PREPARATIONS = 3
log = logging.getLogger(__name__)


class Worker:
    """Runs jobs of these kinds, one at a time; `identify` tells who an account is now, or raises NotAllowed."""

    def __init__(self, database: Database, kinds: Iterable[Kind], identify: Identify, stop: Event) -> None:
        self._database, self._identify, self._stop = database, identify, stop
        self._kinds = {kind.name: kind for kind in kinds}

    def run_next(self) -> bool:
        """Run the job that has waited longest and return whether there was one."""
        with self._database.reading() as db:
            if not leasing.is_due(db, clock.now()):
                return False
        with self._database.transaction() as db:
            job = leasing.take(db, clock.now())
        if job is not None:
            self._run(job)
        return True

    def _run(self, job: Job) -> None:
        lease, progress = Lease(job.id, job.attempt), Progress(self._stop)
        try:
            with self._showing(lease, progress):
                ending = self._ending(job, lease, progress)
            if ending is not None:
                with self._database.transaction() as db:
                    ending(db, lease, clock.now())
        except LeaseLost:
            log.warning("another worker has the job", extra={"job": str(job.id)})

    def _ending(self, job: Job, lease: Lease, progress: Progress) -> Ending | None:
        """Do the work and return what is to become of the job, None when it is done."""
        try:
            self._work(job, lease, progress)
        except Refusal as refusal:
            return partial(leasing.refuse, refusal=refusal)
        except Cancelled:
            return leasing.call_off
        except Stopped:
            return leasing.give_back
        except LeaseLost:
            raise
        except Exception:
            log.exception("a job broke down", extra={"job": str(job.id), "kind": job.kind})
            return leasing.break_down
        return None

    def _work(self, job: Job, lease: Lease, progress: Progress) -> None:
        for preparation in range(PREPARATIONS, 0, -1):
            try:
                self._prepare_and_write(job, lease, progress)
            except JobOvertaken:
                if preparation == 1:
                    raise
            else:
                return

    def _prepare_and_write(self, job: Job, lease: Lease, progress: Progress) -> None:
        kind = self._kinds[job.kind]
        asked = Asked(job.payload, self._asker(kind, job), clock.now())
        write = kind.prepare(self._database, asked, progress)
        progress.begin(progress.total, JobStep.WRITING)
        self._show(lease, progress)
        progress.check()
        self._asker(kind, job)
        with self._database.transaction() as db:
            now = clock.now()
            leasing.finish(db, lease, canonical.plain(write(db, now)), now)

    def _asker(self, kind: Kind, job: Job) -> Identity:
        """Return who asked, as they are now; raises NotAllowed when their rights are gone."""
        with self._database.reading() as db:
            by = self._identify(db, job.account_id)
        if not by.has(*kind.roles):
            raise NotAllowed
        return by

    @contextmanager
    def _showing(self, lease: Lease, progress: Progress) -> Iterator[None]:
        """Show in a thread of its own how far the work is: what computes or writes for long tells nothing itself.

        On SQLite it waits while the work holds the one writer; nobody else can take the job then either.
        """
        over = Event()
        thread = Thread(target=self._keep_showing, args=(lease, progress, over), name="job-progress", daemon=True)
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _keep_showing(self, lease: Lease, progress: Progress, over: Event) -> None:
        while not over.wait(SHOWN_EVERY_SECONDS):
            try:
                self._show(lease, progress)
            except Exception:
                log.exception("the progress of a job could not be shown", extra={"job": str(lease.job_id)})

    def _show(self, lease: Lease, progress: Progress) -> None:
        with self._database.transaction() as db:
            leasing.show_life(db, lease, progress, clock.now())
