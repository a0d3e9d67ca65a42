"""Processes beside the one that must not be held up by their work: each is started anew when it ends, and ends with it.

Whoever keeps them holds the other end of their standard input: however it goes, the pipe closes, and they stop.
"""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from typing import Final

from examsvc import worker
from examsvc.core.db import Database
from examsvc.core.sweeps import Sweep

RESTART_SECONDS: Final = 5
CROWD_SWEEPERS: Final = 2

log = logging.getLogger(__name__)


def keep(database: Database) -> Sequence[Sweep]:
    """Keep the processes for jobs and crowds, and return the sweeps that are left to this one.

    Crowds are left too where a database has one writer, who would be waited for anyway.
    """
    _keep("jobs")
    if database.is_sqlite:
        return worker.ALL
    for number in range(CROWD_SWEEPERS):
        _keep("crowds", "--share", str(number), str(CROWD_SWEEPERS))
    return worker.OTHERS


def _keep(*work: str) -> None:
    threading.Thread(target=_keep_running, args=work, name=work[0], daemon=True).start()


def _keep_running(*work: str) -> None:
    command = [sys.executable, "-m", "examsvc.cli", "worker", "--beside", *work]
    while True:
        try:
            with subprocess.Popen(command, stdin=subprocess.PIPE) as process:  # noqa: S603 (our own command)
                log.warning("a process beside this one ended", extra={"work": work, "code": process.wait()})
        except OSError:
            log.exception("a process beside this one could not be started", extra={"work": work})
        time.sleep(RESTART_SECONDS)
