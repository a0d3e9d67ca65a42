"""The worker: runs all sweeps, again and again, until it is told to stop."""

import logging
import threading

from examsvc import wiring
from examsvc.core import sweeps
from examsvc.core.db import Database

log = logging.getLogger(__name__)


def sweep_once(database: Database) -> int:
    """Run every sweep once and return how many rows were settled."""
    return sweeps.run(database, wiring.SWEEPS)


def run(database: Database, *, every_seconds: float, stop: threading.Event) -> None:
    """Sweep until `stop` is set. A fault is logged and the next round tries again."""
    log.info("worker started")
    while not stop.is_set():
        try:
            sweep_once(database)
        except Exception:
            log.exception("a round of sweeps failed")
        stop.wait(every_seconds)
    log.info("worker stopped")
