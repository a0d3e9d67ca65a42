"""Databases kept from test to test, so that statements are compiled and connections made once, not for every test."""

import pickle
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

import psycopg
from sqlalchemy import event

from examsvc.core.db import Database
from examsvc.wiring import METADATA

TABLES = [table.name for table in METADATA.sorted_tables]
ROWS_AND_LATER_ROWS = "SELECT '{0}', count(*), count(*) FILTER (WHERE xmin::text::bigint > %(last)s) FROM public.{0}"
Fill = Callable[[Database], Any]
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


class Kept:
    """A database that is as it was made at the start of each test; `made` is what was told when it was made."""

    def __init__(self, database: Database, fill: Fill | None) -> None:
        self.database = database
        METADATA.create_all(database.engine)
        self._made = pickle.dumps(fill(database) if fill else None)
        self.played: dict[tuple[str, ...], Any] = {}

    def made(self) -> Any:
        """Return a copy, detached from any session, of what was made: reading it anew takes twenty statements."""
        return pickle.loads(self._made)  # noqa: S301 (what this process itself wrote)


class KeptSqlite(Kept):
    """One engine; every test gets a file of its own, a copy of the template."""

    def __init__(self, database: Database, template: Path, fill: Fill | None) -> None:
        super().__init__(database, fill)
        self.template, self.path = template, template
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

    def keep(self, name: str) -> None:
        """Remember all rows under a name; whoever closes last leaves everything in the one file."""
        self.database.close()
        shutil.copyfile(self.path, self._kept(name))

    def put(self, name: str) -> None:
        """Put back the rows that were kept under the name."""
        self.database.close()
        shutil.copyfile(self._kept(name), self.path)

    def end_test(self) -> None:
        """Close the connections to the test's file."""
        self.database.close()

    def close(self) -> None:
        self.database.close()

    def _kept(self, name: str) -> Path:
        return self.template.with_name(f"{self.template.stem}-{name}.sqlite")

    def _connect_to_path(self, _dialect: object, _record: object, arguments: list[Any], _options: object) -> None:
        arguments[0] = str(self.path)


class Copy(NamedTuple):
    """Where copies of a table's rows are, and how many."""

    schema: str
    rows: int


class KeptPostgresql(Kept):
    """One database whose rows are put back: making and dropping a whole one takes several times as long."""

    def __init__(self, database: Database, fill: Fill | None) -> None:
        super().__init__(database, fill)
        url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._admin = psycopg.connect(url, autocommit=True)
        # Rows go and come in any order of tables; a transaction that a test left open is an error, not a wait.
        self._admin.execute("SET session_replication_role = replica; SET lock_timeout = '10s'")
        self._kept: dict[str, dict[str, Copy]] = {}
        self._lie({})
        self.keep("made")

    def renew(self, _path: Path) -> Database:
        """Return the database with just the rows it was made with."""
        self.put("made")
        return self.database

    def keep(self, name: str) -> None:
        """Remember all rows under a name: copies of what is not yet in a copy."""
        schema, changed = f"kept_{len(self._kept)}", self._changed()
        copies = {table: Copy(schema, rows) for table, rows in changed.items() if rows}
        self._run([f"CREATE SCHEMA {schema}", *(f"CREATE TABLE {schema}.{t} AS TABLE public.{t}" for t in copies)])
        self._kept[name] = {t: copy for t, copy in self._there.items() if t not in changed} | copies
        self._lie(self._kept[name])

    def put(self, name: str) -> None:
        """Put back the rows that were kept under the name, and no others."""
        kept, changed = self._kept[name], self._changed()
        stale = [t for t in TABLES if t in changed or kept.get(t) != self._there.get(t)]
        if stale:
            self._run(f"DELETE FROM public.{table}" for table in stale)  # noqa: S608 (names of our own tables)
            # Empty files again, so that rows lie in the order in which the test writes them.
            self._admin.execute("VACUUM (TRUNCATE) " + ", ".join(f"public.{table}" for table in stale))
            self._run(f"INSERT INTO public.{t} TABLE {kept[t].schema}.{t}" for t in stale if t in kept)
            self._lie(kept)

    def end_test(self) -> None:
        """Keep the connections."""

    def close(self) -> None:
        self._admin.close()
        self.database.close()

    def _lie(self, there: dict[str, Copy]) -> None:
        """Note what lies there now, and the last transaction that wrote it."""
        self._there = there
        (self._last,) = self._admin.execute("SELECT pg_current_xact_id()::text::bigint").fetchone() or ()

    def _changed(self) -> dict[str, int]:
        """Return how many rows each table has in which anything was written since `_lie`."""
        counts = " UNION ALL ".join(map(ROWS_AND_LATER_ROWS.format, TABLES))
        there = {table: copy.rows for table, copy in self._there.items()}
        counted = self._admin.execute(counts, {"last": self._last})
        return {table: rows for table, rows, later in counted if later or rows != there.get(table, 0)}

    def _run(self, statements: Iterable[str]) -> None:
        self._admin.execute("; ".join(statements) or "SELECT 1")
