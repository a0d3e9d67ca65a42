"""A round's transaction on PostgreSQL: a kept connection, prepared statements, two exchanges with the server.

What SQLAlchemy adds to a statement costs more here than the statement does (`make bench-saving`); the rules are the
same, and every test of saving runs over both.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast
from uuid import UUID

import psycopg
from sqlalchemy import PoolProxiedConnection

from examsvc.accounts.bearing import Bearer
from examsvc.core import cooperating
from examsvc.core.db import Database
from examsvc.delivery.saving import statements
from examsvc.delivery.saving.chains import Row
from examsvc.delivery.saving.entries import Entry, Said
from examsvc.delivery.saving.holding import Found, Key
from examsvc.delivery.saving.standings import MOVED, Reader, Standing, exam_session_ids

_READER = Reader(are_texts=True)
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)


class PipelinedStore:
    """Rounds over one connection kept for them. One that breaks is left, and the next round takes another."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: PoolProxiedConnection | None = None
        self._fileno = -1
        self._expected: list[UUID] = []
        database.on_close(self.close)

    @contextmanager
    def round(self) -> Iterator["_Held"]:
        connection = self._connection()
        try:
            yield _Held(connection, self._expected)
            connection.commit()
        except BaseException:
            self._undo(connection)
            raise

    def close(self) -> None:
        """Give the connection back as it was."""
        if self._kept is None:
            return
        try:
            self._connection().autocommit = False
            self._let_go(self._kept.close)
        except psycopg.Error:
            self._let_go(self._kept.invalidate)

    def _connection(self) -> "psycopg.Connection[Any]":
        if self._kept is None:
            self._kept = self._database.engine.raw_connection()
            connection = cast("psycopg.Connection[Any]", self._kept.driver_connection)
            # Rounds begin and end their transactions themselves, in the exchanges that they need anyhow.
            connection.autocommit = True
            # Times are reckoned with: in a zone that changes its clocks an hour more would not be an hour later.
            connection.execute("SET TIME ZONE 'UTC'")
            self._fileno = connection.fileno()
            cooperating.stay_with(self._fileno)
        return cast("psycopg.Connection[Any]", self._kept.driver_connection)

    def _undo(self, connection: "psycopg.Connection[Any]") -> None:
        try:
            connection.rollback()
        except psycopg.Error:
            if self._kept:
                self._let_go(self._kept.invalidate)

    def _let_go(self, how: Callable[[], None]) -> None:
        cooperating.leave(self._fileno)
        self._kept = None
        how()


class _Held:
    """`expected` are the exam sessions of the last round: asked for before it is known which are needed."""

    def __init__(self, connection: "psycopg.Connection[Any]", expected: list[UUID]) -> None:
        self._connection, self._expected = connection, expected

    def look_up(self, digests: Sequence[str], sitting_ids: Sequence[UUID]) -> Found:
        """Begin, lock and read in one exchange."""
        with self._connection.pipeline():
            self._execute("BEGIN")
            logins = self._execute(statements.BEARERS, _listed(digests))
            sittings = self._execute(statements.STANDINGS, _listed(sitting_ids))
            expected = self._execute(statements.EXAM_SESSIONS, _listed(self._expected))
        rows, exam_sessions = sittings.fetchall(), _READER.exam_sessions(expected)
        self._expected[:] = exam_session_ids(rows)
        if not exam_sessions.keys() >= set(self._expected):
            exam_sessions = _READER.exam_sessions(self._execute(statements.EXAM_SESSIONS, _listed(self._expected)))
        return Found(
            bearers={digest: Bearer(*rest) for digest, *rest in logins},
            standings=_READER.standings(rows, exam_sessions),
        )

    def _execute(self, statement: str, *parameters: str) -> "psycopg.Cursor[Any]":
        return self._connection.execute(statement, parameters, prepare=True)

    def responses(self, keys: Sequence[Key]) -> dict[Key, Said]:
        columns = [_listed(column) for column in zip(*keys, strict=True)]
        found = {}
        for sitting_id, epoch, seq, item_ref, answer, flagged, client_at in self._connection.execute(
            statements.SAID, columns
        ):
            found[sitting_id, epoch, seq] = cast("Said", Entry(seq, item_ref, answer, flagged, client_at))
        return found

    def latest(self, sitting_ids: Sequence[UUID]) -> Sequence[tuple[UUID, str, Any]]:
        rows = self._execute(statements.LATEST, _listed(sitting_ids))
        return [(sitting_id, item_ref, answer) for sitting_id, item_ref, answer in rows]

    def store(self, rows: Sequence[Row], standings: Sequence[Standing]) -> None:
        """Append, move on and commit in one exchange."""
        moved = [_moved(standing.own) for standing in standings]
        with self._connection.pipeline():
            self._execute(statements.STORED, _JSON.encode(rows), _JSON.encode(moved))
            self._execute("COMMIT")


def _moved(own: Any) -> dict[str, Any]:
    return {name: getattr(own, name) for name in ("id", *MOVED)}


def _listed(values: Sequence[Any]) -> str:
    """Return numbers, digests or ids as the text of an array: none of them needs a quotation mark."""
    return "{" + ",".join(map(str, values)) + "}"
