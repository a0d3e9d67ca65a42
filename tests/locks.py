"""Waiting until somebody waits for a lock, for tests in which two meet."""

import time

from sqlalchemy import text

from examsvc.core.db import Database


def wait_for_a_lock(database: Database) -> None:
    """Return when somebody waits for a lock of the database."""
    for _ in range(1_000):
        with database.reading() as db:
            if db.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
                return
        time.sleep(0.01)
    raise AssertionError("nobody waits")
