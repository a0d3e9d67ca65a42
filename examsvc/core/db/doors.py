"""A database and its two doors, one to write and one to read; what is done after a commit."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

from examsvc.core import engines

log = logging.getLogger(__name__)

_AFTER_COMMIT = "examsvc.after_commit"


def after_commit(db: Session, action: Callable[[], object]) -> None:
    """Run `action` once the transaction is committed and its locks are free; never when it is undone.

    An action that fails is logged: it neither fails what was committed nor stops the other actions.
    """
    db.info.setdefault(_AFTER_COMMIT, []).append(action)


_DATABASE = "examsvc.database"


def database_of(db: Session) -> "Database":
    """Return the database whose door the session came through, for work that follows its commit."""
    found: Database = db.info[_DATABASE]
    return found


class Database:
    """An engine with its two doors: `transaction()` to write, `reading()` to read."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.engine = engines.for_sqlite(url) if self.is_sqlite else engines.pooled(url)
        info = {_DATABASE: self}
        self._writers = sessionmaker(self.engine, expire_on_commit=False, info=info)
        self._readers = sessionmaker(engines.for_reading(self.engine), expire_on_commit=False, info=info)
        # Under gevent a second greenlet that waits inside SQLite for the write lock would block the
        # thread, and with it the greenlet that holds the lock: wait outside, where greenlets can switch.
        self._one_writer: AbstractContextManager[Any] = threading.RLock() if self.is_sqlite else nullcontext()
        self._closing: list[Callable[[], None]] = []

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Yield a session whose work is committed at the end, or undone whole if the block raises."""
        with self._one_writer, self._writers() as db, db.begin():
            db.connection(execution_options={engines.WRITES: True})
            yield db
        for action in db.info.get(_AFTER_COMMIT, ()):
            try:
                action()
            except Exception:
                log.exception("an action after the commit failed")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session for reading only: to write fails. What it loaded stays readable afterwards."""
        with self._readers() as db:
            yield db

    def on_close(self, action: Callable[[], None]) -> None:
        """Run `action` when the database is closed, for whoever keeps a connection of it; who came last goes first."""
        self._closing.append(action)

    def close(self) -> None:
        """Close all connections; whoever needs one afterwards opens it anew."""
        for action in reversed(self._closing):
            action()
        self.engine.dispose()
