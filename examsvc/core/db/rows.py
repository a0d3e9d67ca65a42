"""Finding one row, locked or not, and telling that one is there already."""

from typing import Any, Final, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from examsvc.core.db.tables import Base
from examsvc.core.errors import NotFound

UNIQUE_VIOLATION: Final = "23505"  # SQLSTATE

# FOR NO KEY UPDATE: writers of the row wait for one another, but rows that only refer to it (a frame of a sitting, a
# command in an exam session) are inserted meanwhile. No key ever changes, and FOR UPDATE deadlocks with such inserts.
WRITERS_WAIT: Final[Any] = {"key_share": True}

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


def is_collision(error: IntegrityError) -> bool:
    """Return whether a UNIQUE constraint was broken: by SQLSTATE on PostgreSQL, by its words on SQLite."""
    state = getattr(error.orig, "sqlstate", None)
    return state == UNIQUE_VIOLATION or str(error.orig).startswith("UNIQUE constraint failed")
