"""Exchanges with PostgreSQL: statements, prepared once for their connection, that go out and come back together.

The driver's own pipeline sends each statement by itself, which wakes the server as often, and a cursor for each takes
several times what the statements take here.
"""

from collections.abc import Generator, Sequence
from itertools import count
from typing import Any, Final

from psycopg import Connection, errors
from psycopg.adapt import Transformer
from psycopg.pq import ExecStatus
from psycopg.pq.abc import PGconn, PGresult
from psycopg.waiting import Wait

Asked = tuple[str, Sequence[str]]
"""A statement with $1, $2 …, and the texts of its parameters."""
Rows = list[tuple[Any, ...]]

_FAILED: Final = (ExecStatus.FATAL_ERROR, ExecStatus.PIPELINE_ABORTED)
_number = count(1)


class Exchanges:
    """Those of one connection, which nobody else uses meanwhile."""

    def __init__(self, connection: "Connection[Any]") -> None:
        self._connection = connection
        self._transformer = Transformer(connection)
        self._names: dict[str, bytes] = {}

    def ask(self, *asked: Asked) -> list[Rows]:
        """Return the rows of each statement; raises psycopg.Error of the first that failed, after which none ran."""
        pgconn = self._connection.pgconn
        pgconn.enter_pipeline_mode()
        fresh = self._send(pgconn, asked)
        try:
            results = self._connection.wait(_received(pgconn))
            pgconn.exit_pipeline_mode()
        except BaseException:
            self._connection.close()  # what it still would say belongs to nobody
            raise
        self._check(results)
        self._names |= fresh
        return [self._rows(result) for result in results[len(fresh) :]]

    def _send(self, pgconn: PGconn, asked: Sequence[Asked]) -> dict[str, bytes]:
        """Send them, and before them what has to be prepared; return the names of that."""
        fresh = {statement: b"exchange_%d" % next(_number) for statement, _ in asked if statement not in self._names}
        names = self._names | fresh
        for statement, name in fresh.items():
            pgconn.send_prepare(name, statement.encode())
        for statement, parameters in asked:
            pgconn.send_query_prepared(names[statement], [each.encode() for each in parameters])
        pgconn.pipeline_sync()
        return fresh

    def _check(self, results: Sequence[PGresult]) -> None:
        for result in results:
            if result.status in _FAILED:
                raise errors.error_from_result(result)

    def _rows(self, result: PGresult) -> Rows:
        self._transformer.set_pgresult(result)
        return self._transformer.load_rows(0, result.ntuples, tuple)


def _received(pgconn: PGconn) -> Generator[Wait, Any, list[PGresult]]:
    """Wait, as psycopg waits, for all that answers what was sent, and return the results in their order."""
    while pgconn.flush():
        yield Wait.RW
        pgconn.consume_input()
    results: list[PGresult] = []
    while True:
        while pgconn.is_busy():
            yield Wait.R
            pgconn.consume_input()
        result = pgconn.get_result()
        if result is None:
            continue  # one statement's are all there
        if result.status == ExecStatus.PIPELINE_SYNC:
            return results
        results.append(result)
