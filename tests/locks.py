"""Waiting until somebody waits for a lock, for tests in which two meet."""

from patience import wait_until
from sqlalchemy import text

from examsvc.core.db import Database


def wait_for_a_lock(database: Database) -> None:
    """Return when somebody waits for a lock of the database."""
    wait_until(lambda: _waiting(database), every=0.01)


def _waiting(database: Database) -> int:
    with database.reading() as db:
        return db.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")) or 0
