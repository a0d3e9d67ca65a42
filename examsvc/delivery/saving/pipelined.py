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
from examsvc.core.db import Database
from examsvc.delivery.saving.chains import Row
from examsvc.delivery.saving.entries import Entry, Said
from examsvc.delivery.saving.holding import Found, Key
from examsvc.delivery.saving.standings import COLUMNS, Reader, Standing

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
    JOIN exam_sessions ON exam_sessions.id = enrolments.exam_session_id
    JOIN candidates ON candidates.id = enrolments.candidate_id
    WHERE sittings.id = ANY(%s::uuid[])
    ORDER BY sittings.id
    FOR NO KEY UPDATE OF sittings SKIP LOCKED
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
        database.on_close(self.close)

    @contextmanager
    def round(self) -> Iterator["_Held"]:
        connection = self._connection()
        try:
            yield _Held(connection)
            connection.commit()
        except BaseException:
            self._undo(connection)
            raise

    def close(self) -> None:
        """Give the connection back."""
        if self._kept:
            self._kept.close()
        self._kept = None

    def _connection(self) -> "psycopg.Connection[Any]":
        if self._kept is None:
            self._kept = self._database.engine.raw_connection()
            cursor = self._kept.cursor()
            # Times are reckoned with: in a zone that changes its clocks an hour more would not be an hour later.
            cursor.execute("SET TIME ZONE 'UTC'")
            self._kept.commit()
        return cast("psycopg.Connection[Any]", self._kept.driver_connection)

    def _undo(self, connection: "psycopg.Connection[Any]") -> None:
        try:
            connection.rollback()
        except psycopg.Error:
            if self._kept:
                self._kept.invalidate()
            self._kept = None


class _Held:
    def __init__(self, connection: "psycopg.Connection[Any]") -> None:
        self._connection = connection

    def look_up(self, digests: Sequence[str], sitting_ids: Sequence[UUID]) -> Found:
        with self._connection.pipeline():
            logins = self._connection.execute(_BEARERS, [_listed(digests)], prepare=True)
            sittings = self._connection.execute(_STANDINGS, [_listed(sitting_ids)], prepare=True)
            bearers = {digest: Bearer(*rest) for digest, *rest in logins}
            return Found(bearers, _READER.standings(sittings))

    def responses(self, keys: Sequence[Key]) -> dict[Key, Said]:
        columns = [_listed(column) for column in zip(*keys, strict=True)]
        found = {}
        for sitting_id, epoch, seq, item_ref, answer, flagged, client_at in self._connection.execute(_SAID, columns):
            found[sitting_id, epoch, seq] = cast("Said", Entry(seq, item_ref, answer, flagged, client_at))
        return found

    def logs(self, sitting_ids: Sequence[UUID]) -> Sequence[tuple[UUID, str, Any]]:
        rows = self._connection.execute(_LOGS, [_listed(sitting_ids)], prepare=True)
        return [(sitting_id, item_ref, answer) for sitting_id, item_ref, answer in rows]

    def store(self, rows: Sequence[Row], standings: Sequence[Standing]) -> None:
        """Append, move on and commit in one exchange."""
        moved = [_moved(standing.own) for standing in standings]
        with self._connection.pipeline():
            self._connection.execute(_STORED, [_JSON.encode(rows), _JSON.encode(moved)], prepare=True)
            self._connection.commit()


def _moved(own: Any) -> dict[str, Any]:
    return {"id": own.id, "last_seq": own.last_seq, "head": own.chain_head, "answered": own.answered_count}


def _listed(values: Sequence[Any]) -> str:
    """Return numbers, digests or ids as the text of an array: none of them needs a quotation mark."""
    return "{" + ",".join(map(str, values)) + "}"
