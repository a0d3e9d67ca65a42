"""What a process keeps one of for each database, for as long as that is open."""

from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

from examsvc.core.db.doors import Database

Kept = TypeVar("Kept")


class OneEach(Generic[Kept]):
    """Makes it when it is first asked for, and forgets it when the database is closed."""

    def __init__(self, make: Callable[[Database], Kept]) -> None:
        self._make = make
        self._kept: dict[Database, Kept] = {}
        self._making = Lock()

    def of(self, database: Database) -> Kept:
        """Return the one of the database."""
        with self._making:
            if database not in self._kept:
                self._kept[database] = self._make(database)
                database.on_close(lambda: self._forget(database))
            return self._kept[database]

    def _forget(self, database: Database) -> None:
        self._kept.pop(database, None)
