"""Databases kept from test to test, so that statements are compiled and connections made once, not for every test."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar

import psycopg
from sqlalchemy import event

from examsvc.core.db import Database
from examsvc.wiring import METADATA

TABLES = [table.name for table in METADATA.sorted_tables]
Fill = Callable[[Database], None]
Kept_co = TypeVar("Kept_co", bound="KeptSqlite | KeptPostgresql", covariant=True)


class Keepers(Protocol[Kept_co]):
    """Gives the kept database that is empty, or the one with people."""

    def __call__(self, *, peopled: bool) -> Kept_co: ...


@contextmanager
def closing_all(make: Callable[[Fill | None], Kept_co], people: Fill) -> Iterator[Keepers[Kept_co]]:
    """Yield what makes each kept database when it is first asked for, and close them at the end."""
    with ExitStack() as stack:

        @cache
        def keeper(*, peopled: bool) -> Kept_co:
            made = make(people if peopled else None)
            stack.callback(made.close)
            return made

        yield keeper


class KeptSqlite:
    """One engine; every test gets a file of its own, a copy of the template."""

    def __init__(self, database: Database, template: Path, fill: Fill | None) -> None:
        self.database, self.template, self.path = database, template, template
        _make(database, fill)
        with database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()
        event.listen(database.engine, "do_connect", self._connect_to_path)

    def renew(self, path: Path) -> Database:
        """Return the database over a fresh file at `path`."""
        shutil.copyfile(self.template, path)
        self.path = path
        self.database.url = self.database.url.set(database=str(path))
        return self.database

    def end_test(self) -> None:
        """Close the connections to the test's file."""
        self.database.close()

    def close(self) -> None:
        self.database.close()

    def _connect_to_path(self, _dialect: object, _record: object, arguments: list[Any], _options: object) -> None:
        arguments[0] = str(self.path)


class KeptPostgresql:
    """One database whose rows are put back: making and dropping a whole one takes several times as long."""

    def __init__(self, database: Database, fill: Fill | None) -> None:
        self.database = database
        _make(database, fill)
        url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._admin = psycopg.connect(url, autocommit=True)
        # Rows go and come in any order of tables; a transaction that a test left open is an error, not a wait.
        self._admin.execute("SET session_replication_role = replica; SET lock_timeout = '10s'; CREATE SCHEMA kept")
        self._kept = self._filled()
        self._run(f"CREATE TABLE kept.{name} AS TABLE public.{name}" for name in self._kept)
        self._is_used = False

    def renew(self, _path: Path) -> Database:
        """Return the database with just the rows it was made with."""
        if self._is_used:
            self._put_back()
        self._is_used = True
        return self.database

    def end_test(self) -> None:
        """Keep the connections."""

    def close(self) -> None:
        self._admin.close()
        self.database.close()

    def _put_back(self) -> None:
        if filled := self._filled():
            self._run(f"DELETE FROM public.{name}" for name in filled)  # noqa: S608 (names of our own tables)
            # Empty files again, so that rows lie in the order in which the test writes them.
            self._admin.execute("VACUUM (TRUNCATE) " + ", ".join(f"public.{name}" for name in filled))
        self._run(f"INSERT INTO public.{name} TABLE kept.{name}" for name in self._kept)

    def _filled(self) -> list[str]:
        """Return the tables that hold rows."""
        each = ", ".join(f"CASE WHEN EXISTS (SELECT FROM public.{name}) THEN '{name}' END" for name in TABLES)
        row = self._admin.execute(f"SELECT array_remove(ARRAY[{each}], NULL)").fetchone()
        return list(row[0]) if row else []

    def _run(self, statements: Iterable[str]) -> None:
        self._admin.execute("; ".join(statements) or "SELECT 1")


def _make(database: Database, fill: Fill | None) -> None:
    METADATA.create_all(database.engine)
    if fill:
        fill(database)
