"""Databases as earlier revisions left them, to be upgraded."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from alembic import command
from sqlalchemy import JSON, Connection, Uuid, column, insert, inspect, table
from sqlalchemy.types import TypeEngine

from examsvc.cli.database import alembic_config
from examsvc.core import ids
from examsvc.core.db import Database
from examsvc.wiring import METADATA
from questionbank.secrecy.columns import SecretJson

AT = datetime(2026, 11, 23, 1, tzinfo=UTC)
VALUES = {object: AT, date: AT.date(), str: "", int: 1, bytes: b"", bool: False}


def at(url: str, revision: str) -> Database:
    """Return the database of `old_url` as the migrations up to the revision make it."""
    database = Database(url)
    METADATA.drop_all(database.engine)
    command.upgrade(alembic_config(url), revision)
    return database


class Old:
    """A database as an earlier revision left it."""

    def __init__(self, connection: Connection) -> None:
        self.connection, self.inspector = connection, inspect(connection)

    def add(self, name: str, /, **values: Any) -> UUID:
        """Insert a row, with something permitted in every column that is not named, and return its id."""
        key, types = ids.new_id(), METADATA.tables[name].c
        there = {one["name"]: one["type"] for one in self.inspector.get_columns(name)}
        kinds = {**there, **{one.name: one.type for one in types}}  # a column that is gone has its own type only
        asked = [one["name"] for one in self.inspector.get_columns(name) if not one["nullable"]]
        row = {**{column: _something(kinds[column], key) for column in asked}, **values}
        self.connection.execute(insert(table(name, *(column(one, kinds[one]) for one in row))), row)
        return key


def _something(kind: TypeEngine[Any], key: UUID) -> Any:
    if isinstance(kind, JSON | SecretJson):
        return []
    return key if isinstance(kind, Uuid) else VALUES[kind.python_type]
