"""A round's transaction on PostgreSQL: a kept connection, prepared statements, two exchanges with the server.

What SQLAlchemy adds to a statement costs more here than the statement does (`make bench-saving`); the rules are the
same, and every test of saving runs over both.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, cast
from uuid import UUID

import psycopg
from sqlalchemy import PoolProxiedConnection

from examsvc.accounts.bearing import Bearer
from examsvc.core import cooperating
from examsvc.core.db import Database
from examsvc.delivery.saving.chains import Row
from examsvc.delivery.saving.entries import Entry, Said
from examsvc.delivery.saving.holding import Found, Key
from examsvc.delivery.saving.standings import COLUMNS, EXAM_SESSION, Reader, Standing, exam_session_ids

# ruff: noqa: S608 (what is put into these statements are names of our own columns)
_BEARERS: Final = """
    SELECT token_digest, logins.id, logins.account_id, expires_at, role
    FROM logins
    JOIN accounts ON accounts.id = logins.account_id
    LEFT JOIN account_roles ON account_roles.account_id = accounts.id AND role = 'CANDIDATE'
    WHERE token_digest = ANY(%s::text[]) AND revoked_at IS NULL AND accounts.state = 'ACTIVE'
"""
_STANDINGS: Final = f"""
    SELECT {", ".join(str(column) for column in COLUMNS)}
    FROM sittings
    JOIN enrolments ON enrolments.id = sittings.enrolment_id
    JOIN candidates ON candidates.id = enrolments.candidate_id
    WHERE sittings.id = ANY(%s::uuid[])
    ORDER BY sittings.id
    FOR NO KEY UPDATE OF sittings SKIP LOCKED
"""
_EXAM_SESSIONS: Final = f"""
    SELECT {", ".join(str(column) for column in EXAM_SESSION)} FROM exam_sessions WHERE id = ANY(%s::uuid[])
"""
_LOGS: Final = """
    SELECT sitting_id, item_ref, answer FROM responses WHERE sitting_id = ANY(%s::uuid[])
    ORDER BY sitting_id, epoch, seq
"""
_SAID: Final = """
    SELECT sitting_id, epoch, seq, item_ref, answer, flagged, client_at
    FROM responses JOIN unnest(%s::uuid[], %s::int[], %s::int[]) AS asked (sitting_id, epoch, seq)
    USING (sitting_id, epoch, seq)
"""
_STORED: Final = """
    WITH kept AS (
        INSERT INTO responses
            (sitting_id, epoch, seq, item_ref, answer, flagged, client_at, received_at, chain)
        SELECT sitting_id, epoch, seq, item_ref, coalesce(answer, 'null'), flagged, client_at, received_at, chain
        FROM json_to_recordset(%s) AS row (
            sitting_id uuid, epoch int, seq int, item_ref text, answer json, flagged boolean,
            client_at timestamptz, received_at timestamptz, chain text
        )
    )
    UPDATE sittings SET last_seq = moved.last_seq, chain_head = moved.head, answered_count = moved.answered
    FROM json_to_recordset(%s) AS moved (id uuid, last_seq int, head text, answered int)
    WHERE sittings.id = moved.id
"""
_READER = Reader(are_texts=True)
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)


class PipelinedStore:
    """Rounds over one connection kept for them. One that breaks is left, and the next round takes another."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: PoolProxiedConnection | None = None
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
        if self._kept:
            try:
                cast("psycopg.Connection[Any]", self._kept.driver_connection).autocommit = False
                self._kept.close()
            except psycopg.Error:
                self._kept.invalidate()
        self._kept = None

    def _connection(self) -> "psycopg.Connection[Any]":
        if self._kept is None:
            self._kept = self._database.engine.raw_connection()
            connection = cast("psycopg.Connection[Any]", self._kept.driver_connection)
            # Rounds begin and end their transactions themselves, in the exchanges that they need anyhow.
            connection.autocommit = True
            # Times are reckoned with: in a zone that changes its clocks an hour more would not be an hour later.
            connection.execute("SET TIME ZONE 'UTC'")
            cooperating.stay_with(connection.fileno())
        return cast("psycopg.Connection[Any]", self._kept.driver_connection)

    def _undo(self, connection: "psycopg.Connection[Any]") -> None:
        try:
            connection.rollback()
        except psycopg.Error:
            if self._kept:
                self._kept.invalidate()
            self._kept = None


class _Held:
    """`expected` are the exam sessions of the last round: asked for before it is known which are needed."""

    def __init__(self, connection: "psycopg.Connection[Any]", expected: list[UUID]) -> None:
        self._connection, self._expected = connection, expected

    def look_up(self, digests: Sequence[str], sitting_ids: Sequence[UUID]) -> Found:
        """Begin, lock and read in one exchange."""
        with self._connection.pipeline():
            self._execute("BEGIN")
            logins = self._execute(_BEARERS, _listed(digests))
            sittings = self._execute(_STANDINGS, _listed(sitting_ids))
            expected = self._execute(_EXAM_SESSIONS, _listed(self._expected))
        rows, exam_sessions = sittings.fetchall(), _READER.exam_sessions(expected)
        self._expected[:] = exam_session_ids(rows)
        if not exam_sessions.keys() >= set(self._expected):
            exam_sessions = _READER.exam_sessions(self._execute(_EXAM_SESSIONS, _listed(self._expected)))
        return Found(
            bearers={digest: Bearer(*rest) for digest, *rest in logins},
            standings=_READER.standings(rows, exam_sessions),
        )

    def _execute(self, statement: str, *parameters: str) -> "psycopg.Cursor[Any]":
        return self._connection.execute(statement, parameters, prepare=True)

    def responses(self, keys: Sequence[Key]) -> dict[Key, Said]:
        columns = [_listed(column) for column in zip(*keys, strict=True)]
        found = {}
        for sitting_id, epoch, seq, item_ref, answer, flagged, client_at in self._connection.execute(_SAID, columns):
            found[sitting_id, epoch, seq] = cast("Said", Entry(seq, item_ref, answer, flagged, client_at))
        return found

    def logs(self, sitting_ids: Sequence[UUID]) -> Sequence[tuple[UUID, str, Any]]:
        rows = self._execute(_LOGS, _listed(sitting_ids))
        return [(sitting_id, item_ref, answer) for sitting_id, item_ref, answer in rows]

    def store(self, rows: Sequence[Row], standings: Sequence[Standing]) -> None:
        """Append, move on and commit in one exchange."""
        moved = [_moved(standing.own) for standing in standings]
        with self._connection.pipeline():
            self._execute(_STORED, _JSON.encode(rows), _JSON.encode(moved))
            self._execute("COMMIT")


def _moved(own: Any) -> dict[str, Any]:
    return {"id": own.id, "last_seq": own.last_seq, "head": own.chain_head, "answered": own.answered_count}


def _listed(values: Sequence[Any]) -> str:
    """Return numbers, digests or ids as the text of an array: none of them needs a quotation mark."""
    return "{" + ",".join(map(str, values)) + "}"
