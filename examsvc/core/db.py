"""The database: one declarative base, aware UTC columns, and the two kinds of transaction."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar, Final, TypeVar
from uuid import UUID

from sqlalchemy import (
    JSON,
    CheckConstraint,
    DateTime,
    Dialect,
    MetaData,
    String,
    TypeDecorator,
    Uuid,
    select,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from examsvc.core import engines
from examsvc.core.errors import NotFound

log = logging.getLogger(__name__)

UNIQUE_VIOLATION: Final = "23505"  # SQLSTATE

# FOR NO KEY UPDATE: writers of the row wait for one another, but rows that only refer to it (a frame of a sitting, a
# command in an exam session) are inserted meanwhile. No key ever changes, and FOR UPDATE deadlocks with such inserts.
WRITERS_WAIT: Final[Any] = {"key_share": True}


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Refuses naive values; gives aware UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy's signature)
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EnumText(TypeDecorator[StrEnum]):
    """A member of one StrEnum, stored as its text; what is loaded is the member again, not a bare string."""

    impl = String
    cache_ok = True

    def __init__(self, values: type[StrEnum], length: int = 20) -> None:
        super().__init__(length)
        self.values = values

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (SQLAlchemy's signature)
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002 (SQLAlchemy's signature)
        return None if value is None else self.values(value)


class Base(DeclarativeBase):
    """The base of all tables. JSON columns are always replaced whole, never changed in place."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        UUID: Uuid(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        StrEnum: String(40),
    }


def one_of(column: str, values: type[StrEnum], *, name: str | None = None) -> CheckConstraint:
    """Return the CHECK that `column` holds a value of the enumeration."""
    allowed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({allowed})", name=name or column)


def is_collision(error: IntegrityError) -> bool:
    """Return whether a UNIQUE constraint was broken: by SQLSTATE on PostgreSQL, by its words on SQLite."""
    state = getattr(error.orig, "sqlstate", None)
    return state == UNIQUE_VIOLATION or str(error.orig).startswith("UNIQUE constraint failed")


Row = TypeVar("Row", bound=Base)


def get(db: Session, model: type[Row], key: Any) -> Row:
    """Return the row with the primary key, or raise NotFound."""
    row = db.get(model, key)
    if row is None:
        raise NotFound(thing=_thing(model))
    return row


def get_locked(db: Session, model: type[Row], key: Any) -> Row:
    """Return the row locked until the transaction ends, freshly read, or raise NotFound.

    On SQLite every writing transaction holds the database's one write lock already.
    """
    row = db.get(model, key, with_for_update=WRITERS_WAIT, populate_existing=True)
    if row is None:
        raise NotFound(thing=_thing(model))
    return row


def only(db: Session, model: type[Row], **where: Any) -> Row | None:
    """Return the one row whose columns equal `where`, or None."""
    return db.execute(select(model).filter_by(**where)).scalar_one_or_none()


def only_locked(db: Session, model: type[Row], **where: Any) -> Row | None:
    """Return the one row whose columns equal `where`, locked and freshly read like `get_locked`, or None."""
    query = select(model).filter_by(**where).with_for_update(**WRITERS_WAIT).execution_options(populate_existing=True)
    return db.execute(query).scalar_one_or_none()


def _thing(model: type[Base]) -> str:
    return str(model.__tablename__).replace("_", " ")


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
