"""The service with a clock that a test moves: gunicorn loads `moved_server:load()` instead of `examsvc.server:load()`.

The file that EXAMSVC_TEST_CLOCK names holds the seconds by which the service is ahead of the machine.
"""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from os import environ
from pathlib import Path

from flask import Flask

from examsvc import server
from examsvc.core import clock

LIFE = ExitStack()  # until the process ends
AHEAD = Path(environ["EXAMSVC_TEST_CLOCK"])


def load() -> Flask:
    """Return the application; from here on the process lives in the file's time."""
    LIFE.enter_context(clock.running(_moved))
    return server.load()


def _moved() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=float(AHEAD.read_text()))
