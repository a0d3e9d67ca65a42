"""A round's transaction on PostgreSQL: a kept connection, prepared statements, two exchanges with the server.

What SQLAlchemy adds to a statement costs more here than the statement does (`make bench-saving`); the rules are the
same, and every test of saving runs over both.
"""

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, cast
from uuid import UUID

import psycopg
from psycopg.pq import TransactionStatus
from sqlalchemy import PoolProxiedConnection

from examsvc.accounts.bearing import Bearer
from examsvc.core import cooperating
from examsvc.core.db import Database
from examsvc.delivery.saving import statements
from examsvc.delivery.saving.chains import Row
from examsvc.delivery.saving.entries import Entry, Said
from examsvc.delivery.saving.exchanges import Exchanges
from examsvc.delivery.saving.holding import Found, Key
from examsvc.delivery.saving.standings import MOVED, Reader, Standing, exam_session_ids

_SETTINGS: Final = (
    # Times are reckoned with: in a zone that changes its clocks an hour more would not be an hour later.
    "SET TIME ZONE 'UTC'",
    # To plan a statement takes longer than to run it, and for a list of ids PostgreSQL would plan it each time.
    "SET plan_cache_mode = force_generic_plan",
    # All is asked for by key.
    *(f"SET enable_{way} = off" for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin", "material")),
)
PLANS_LAST_SECONDS: Final = 60.0
"""For so long a plan may stay that was made while tables were a thousand times shorter."""
_READER = Reader(are_texts=True)
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)


class PipelinedStore:
    """Rounds over one connection kept for them. One that breaks is left, and the next round takes another."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: PoolProxiedConnection | None = None
        self._exchanges: Exchanges
        self._plans_since = 0.0
        self._fileno = -1
        self._expected: list[UUID] = []
        database.on_close(self.close)

    @contextmanager
    def round(self) -> Iterator["_Held"]:
        connection = self._connection()
        try:
            self._forget_old_plans()
            yield _Held(self._exchanges, self._expected)
            connection.commit()
        except BaseException:
            self._undo(connection)
            raise

    def close(self) -> None:
        """Close the connection: with its settings it is good for nothing else."""
        kept, self._kept = self._kept, None
        if kept is not None:
            cooperating.leave(self._fileno)
            kept.invalidate()

    def _connection(self) -> "psycopg.Connection[Any]":
        if self._kept is None:
            self._kept = self._made_ready(self._database.engine.raw_connection())
            cooperating.stay_with(self._fileno)
        return _driver(self._kept)

    def _made_ready(self, taken: PoolProxiedConnection) -> PoolProxiedConnection:
        try:
            connection = _driver(taken)
            # Rounds begin and end their transactions themselves, in the exchanges that they need anyhow.
            connection.autocommit = True
            for setting in _SETTINGS:
                connection.execute(setting)
            self._exchanges, self._fileno = Exchanges(connection), connection.fileno()
            self._plans_since = time.monotonic()
        except BaseException:
            taken.invalidate()
            raise
        return taken

    def _forget_old_plans(self) -> None:
        if time.monotonic() - self._plans_since > PLANS_LAST_SECONDS:
            self._exchanges.ask((statements.FORGET_PLANS, ()))
            self._plans_since = time.monotonic()

    def _undo(self, connection: "psycopg.Connection[Any]") -> None:
        try:
            if connection.info.transaction_status != TransactionStatus.IDLE:
                # Not by psycopg, which would have the server forget all prepared statements, ours too.
                self._exchanges.ask((statements.ROLLBACK, ()))
        except psycopg.Error:
            self.close()


class _Held:
    """`expected` are the exam sessions of the last round: asked for before it is known which are needed."""

    def __init__(self, exchanges: Exchanges, expected: list[UUID]) -> None:
        self._ask, self._expected = exchanges.ask, expected

    def look_up(self, digests: Sequence[str], sitting_ids: Sequence[UUID]) -> Found:
        """Begin, lock and read in one exchange."""
        _, logins, rows, expected = self._ask(
            (statements.BEGIN, ()),
            (statements.BEARERS, (_listed(digests),)),
            (statements.STANDINGS, (_listed(sitting_ids),)),
            (statements.EXAM_SESSIONS, (_listed(self._expected),)),
        )
        exam_sessions = _READER.exam_sessions(expected)
        self._expected[:] = exam_session_ids(rows)
        if not exam_sessions.keys() >= set(self._expected):
            (others,) = self._ask((statements.EXAM_SESSIONS, (_listed(self._expected),)))
            exam_sessions = _READER.exam_sessions(others)
        return Found(
            bearers={digest: Bearer(*rest) for digest, *rest in logins},
            standings=_READER.standings(rows, exam_sessions),
        )

    def responses(self, keys: Sequence[Key]) -> dict[Key, Said]:
        columns = [_listed(column) for column in zip(*keys, strict=True)]
        found = {}
        (rows,) = self._ask((statements.SAID, columns))
        for sitting_id, epoch, seq, item_ref, answer, flagged, client_at in rows:
            found[sitting_id, epoch, seq] = cast("Said", Entry(seq, item_ref, answer, flagged, client_at))
        return found

    def latest(self, sitting_ids: Sequence[UUID]) -> Sequence[tuple[UUID, str, Any]]:
        (rows,) = self._ask((statements.LATEST, (_listed(sitting_ids),)))
        return [(sitting_id, item_ref, answer) for sitting_id, item_ref, answer in rows]

    def store(self, rows: Sequence[Row], standings: Sequence[Standing]) -> None:
        """Append, move on and commit in one exchange."""
        moved = [_moved(standing.own) for standing in standings]
        self._ask((statements.STORED, (_JSON.encode(rows), _JSON.encode(moved))), (statements.COMMIT, ()))


def _driver(connection: PoolProxiedConnection) -> "psycopg.Connection[Any]":
    return cast("psycopg.Connection[Any]", connection.driver_connection)


def _moved(own: Any) -> dict[str, Any]:
    return {name: getattr(own, name) for name in ("id", *MOVED)}


def _listed(values: Sequence[Any]) -> str:
    """Return numbers, digests or ids as the text of an array: none of them needs a quotation mark."""
    return "{" + ",".join(map(str, values)) + "}"
