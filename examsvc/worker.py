"""The worker: runs all sweeps, and the jobs, again and again, until it is told to stop."""

import logging
import threading
from collections.abc import Sequence

from examsvc import wiring
from examsvc.accounts import service as accounts
from examsvc.core import sweeps
from examsvc.core.db import Database
from examsvc.core.jobs.running import Worker
from examsvc.core.sweeps import WHOLE, Share, Sweep

JOBS_EVERY_SECONDS = 0.5

log = logging.getLogger(__name__)


ALL: Sequence[Sweep] = wiring.SWEEPS
CROWDS = tuple(sweep for sweep in ALL if sweep.comes_in_crowds)
OTHERS = tuple(sweep for sweep in ALL if not sweep.comes_in_crowds)


def sweep_once(database: Database, which: Sequence[Sweep] = ALL, share: Share = WHOLE) -> int:
    """Run the sweeps once over the share of their rows and return how many were settled."""
    return sweeps.run(database, which, share)


def run(
    database: Database,
    *,
    every_seconds: float,
    stop: threading.Event,
    which: Sequence[Sweep] = ALL,
    share: Share = WHOLE,
) -> None:
    """Sweep until `stop` is set. A fault is logged and the next round tries again."""
    log.info("worker started", extra={"sweeps": len(which), "share": f"{share.number + 1}/{share.count}"})
    while not stop.is_set():
        try:
            sweep_once(database, which, share)
        except Exception:
            log.exception("a round of sweeps failed")
        stop.wait(every_seconds)
    log.info("worker stopped")


def run_jobs_once(database: Database) -> int:
    """Run jobs until none waits and return how many there were."""
    worker, count = _jobs(database, threading.Event()), 0
    while worker.run_next():
        count += 1
    return count


def run_jobs(database: Database, *, stop: threading.Event) -> None:
    """Run jobs one after another until `stop` is set; the one that runs then is given back.

    Never in a process that serves: their work takes the processor for minutes.
    """
    worker = _jobs(database, stop)
    while not stop.is_set():
        try:
            waited = not worker.run_next()
        except Exception:
            log.exception("no job could be run")
            waited = True
        if waited:
            stop.wait(JOBS_EVERY_SECONDS)


def _jobs(database: Database, stop: threading.Event) -> Worker:
    return Worker(database, wiring.JOBS, accounts.asker, stop)
