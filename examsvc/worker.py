"""The worker: runs all sweeps, and the jobs, again and again, until it is told to stop."""

import logging
import threading
from collections.abc import Iterable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue

from examsvc import wiring
from examsvc.accounts import service as accounts
from examsvc.core import sweeps, ticks
from examsvc.core.db import Database
from examsvc.core.jobs.running import Worker
from examsvc.core.sweeps import WHOLE, Share, Sweep

RESTS_AT_MOST_SECONDS = 30.0
"""So long whoever is woken rests when nobody wakes them."""

log = logging.getLogger(__name__)


ALL: Sequence[Sweep] = wiring.SWEEPS
CROWDS = tuple(sweep for sweep in ALL if sweep.comes_in_crowds)
OTHERS = tuple(sweep for sweep in ALL if not sweep.comes_in_crowds)


def sweep_once(database: Database, which: Sequence[Sweep] = ALL, share: Share = WHOLE) -> int:
    """Run the sweeps once over the share of their rows and return how many were settled."""
    return sweeps.run(database, which, share)


class Rest:
    """Lets a thread rest until there is something to do: `every_seconds`, or when it is woken; `stop` ends it."""

    def __init__(self, every_seconds: float) -> None:
        self._every_seconds = every_seconds
        self._waking: SimpleQueue[None] = SimpleQueue()  # also from a signal, whatever the thread is at then
        self.stop = threading.Event()

    def wake(self) -> None:
        """Let it go on."""
        self._waking.put(None)

    def end(self) -> None:
        """Let it go on, and stop."""
        self.stop.set()
        self.wake()

    def take(self) -> None:
        """Rest until the next tick, until woken or until the end."""
        with suppress(Empty):
            self._waking.get(timeout=ticks.until_next(self._every_seconds))
            while True:
                self._waking.get_nowait()


def run(database: Database, rest: Rest, rounds: Iterable[Sequence[Sweep]], share: Share = WHOLE) -> None:
    """Sweep, each round what it is for, until the rest ends it. A fault is logged and the next round tries again."""
    log.info("worker started", extra={"share": f"{share.number + 1}/{share.count}"})
    for which in rounds:
        try:
            sweep_once(database, which, share)
        except Exception:
            log.exception("a round of sweeps failed")
        rest.take()
        if rest.stop.is_set():
            break
    log.info("worker stopped")


def run_jobs_once(database: Database) -> int:
    """Run jobs until none waits and return how many there were."""
    worker, count = _jobs(database, threading.Event()), 0
    while worker.run_next():
        count += 1
    return count


def run_jobs(database: Database, rest: Rest) -> None:
    """Run jobs one after another until the rest ends it; the one that runs then is given back.

    Never in a process that serves: their work takes the processor for minutes.
    """
    worker = _jobs(database, rest.stop)
    while not rest.stop.is_set():
        try:
            was_none = not worker.run_next()
        except Exception:
            log.exception("no job could be run")
            was_none = True
        if was_none:
            rest.take()


def _jobs(database: Database, stop: threading.Event) -> Worker:
    return Worker(database, wiring.JOBS, accounts.asker, stop)
