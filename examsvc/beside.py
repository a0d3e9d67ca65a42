"""Processes beside the one that must not be held up by their work: each is started anew when it ends, and ends with it.

Whoever keeps them holds the other end of their standard input: however it goes, the pipe closes, and they stop. It also
looks for all of them whether there is something to do, and says so over the pipe: until then they rest.
"""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Final

from sqlalchemy.orm import Session

from examsvc import worker
from examsvc.core import clock, sweeps, ticks
from examsvc.core.db import Database
from examsvc.core.jobs import leasing
from examsvc.core.sweeps import Sweep

RESTART_SECONDS: Final = 5
LOOKS_EVERY_SECONDS: Final = 1.0
CROWD_SWEEPERS: Final = 2
WAKE: Final = b"\n"

log = logging.getLogger(__name__)

IsDue = Callable[[Session], bool]
"""Tells whether there is something to do; asked once a look."""
Wake = Callable[[], None]


class Helper:
    """One such process, and what it is started for."""

    def __init__(self, *work: str) -> None:
        self._work = work
        self._process: subprocess.Popen[bytes] | None = None
        threading.Thread(target=self._keep_running, name=work[0], daemon=True).start()

    def wake(self) -> None:
        """Say that there is something to do."""
        if self._process and self._process.stdin:
            with suppress(OSError, ValueError):  # one that has just ended looks by itself when it starts again
                self._process.stdin.write(WAKE)

    def _keep_running(self) -> None:
        command = [sys.executable, "-m", "examsvc.cli", "worker", "--beside", *self._work]
        while True:
            try:
                with subprocess.Popen(command, bufsize=0, stdin=subprocess.PIPE) as process:  # noqa: S603 (our own)
                    self._process = process
                    log.warning("a process beside this one ended", extra={"work": self._work, "code": process.wait()})
            except OSError:
                log.exception("a process beside this one could not be started", extra={"work": self._work})
            time.sleep(RESTART_SECONDS)


def keep(database: Database) -> Sequence[Sweep]:
    """Keep the processes for jobs and crowds, and return the sweeps that are left to this one.

    Crowds are left too where a database has one writer, who would be waited for anyway.
    """
    woken: dict[IsDue, Sequence[Wake]] = {lambda db: leasing.is_due(db, clock.now()): [Helper("jobs").wake]}
    if not database.is_sqlite:
        shares = [("--share", str(number), str(CROWD_SWEEPERS)) for number in range(CROWD_SWEEPERS)]
        woken[crowds_looked_for(worker.CROWDS)] = [Helper("crowds", *share).wake for share in shares]
    threading.Thread(target=_keep_looking, args=(database, woken), name="looking", daemon=True).start()
    return worker.ALL if database.is_sqlite else worker.OTHERS


def _keep_looking(database: Database, woken: Mapping[IsDue, Sequence[Wake]]) -> None:
    while True:
        time.sleep(ticks.until_next(LOOKS_EVERY_SECONDS))
        look(database, woken)


def look(database: Database, woken: Mapping[IsDue, Sequence[Wake]]) -> None:
    """Wake those who have something to do, and those of whom that cannot be told."""
    for is_due, wakes in woken.items():
        if _is_due(database, is_due):
            for wake in wakes:
                wake()


def _is_due(database: Database, is_due: IsDue) -> bool:
    try:
        with database.reading() as db:
            return is_due(db)
    except Exception as fault:  # noqa: BLE001 (whoever is woken meets it too, and says what it is)
        log.warning("it is not known whether there is work", extra={"fault": type(fault).__name__})
        return True


def crowds_looked_for(crowds: Sequence[Sweep]) -> IsDue:
    """Return what tells whether something waits for one of these sweeps.

    When the turn of those that can wait has come it does not look, for that is dearer: the woken do.
    """
    rounds = sweeps.in_turn(crowds)

    def is_due(db: Session) -> bool:
        looked_for = next(rounds)
        if any(each.can_wait for each in looked_for):
            return True
        return any(True for each in looked_for for _ in each.due(db, clock.now()))

    return is_due
