"""Statements that go to PostgreSQL together: their rows come back in order, and of what fails nothing is left."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest

from examsvc.core.db import Database
from examsvc.delivery.saving.exchanges import Exchanges

pytestmark = pytest.mark.postgresql_only

LISTED = "SELECT value FROM unnest($1::int[]) AS value"


@pytest.fixture
def connection(database: Database) -> "Iterator[psycopg.Connection[Any]]":
    raw = database.engine.raw_connection()
    made = raw.driver_connection
    assert isinstance(made, psycopg.Connection)
    made.autocommit = True
    yield made
    raw.invalidate()


@pytest.fixture
def exchanges(connection: "psycopg.Connection[Any]") -> Exchanges:
    return Exchanges(connection)


def test_each_statement_s_rows_come_back_in_order_with_their_python_values(exchanges: Exchanges) -> None:
    connection = exchanges._connection
    connection.execute("SET TIME ZONE 'UTC'")
    typed = "SELECT $1::uuid, $2::timestamptz, $3::json, $4::text, NULL, true"
    key, text = "01a22c6a-f069-7000-8000-000000000001", "一、\"{\\}'"
    listed, none, row = exchanges.ask(
        (LISTED, ("{3,1,2}",)), (LISTED, ("{}",)), (typed, (key, "2026-11-30T08:00:00+08:00", '{"a":[1]}', text))
    )
    assert (listed, none) == ([(3,), (1,), (2,)], [])
    assert row == [(UUID(key), datetime(2026, 11, 30, tzinfo=UTC), {"a": [1]}, text, None, True)]


def test_a_statement_is_prepared_once_for_its_connection(exchanges: Exchanges) -> None:
    for _ in range(3):
        exchanges.ask((LISTED, ("{1}",)), (LISTED, ("{2}",)))
    prepared = exchanges._connection.execute("SELECT statement FROM pg_prepared_statements").fetchall()
    assert prepared == [(LISTED,)]


@pytest.mark.parametrize("fault", ["SELECT 1/0 WHERE $1 = ''", "SELECT nothing FROM nowhere WHERE $1 = ''"])
def test_of_an_exchange_that_fails_nothing_runs_behind_the_fault_and_the_next_one_is_whole(
    exchanges: Exchanges, fault: str
) -> None:
    connection = exchanges._connection
    connection.execute("CREATE TEMPORARY TABLE kept (value int)")
    insert = "INSERT INTO kept SELECT unnest($1::int[])"
    with pytest.raises(psycopg.Error):
        exchanges.ask(("BEGIN", ()), (insert, ("{1}",)), (fault, ("",)), (insert, ("{2}",)), ("COMMIT", ()))
    connection.rollback()
    exchanges.ask(("BEGIN", ()), (insert, ("{3}",)), ("COMMIT", ()))
    assert connection.execute("SELECT value FROM kept").fetchall() == [(3,)]


def test_a_connection_whose_answer_is_not_waited_for_is_closed(
    exchanges: Exchanges, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = exchanges._connection

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(psycopg.waiting, "wait", stop)
        with pytest.raises(KeyboardInterrupt):
            exchanges.ask((LISTED, ("{1}",)))
    assert connection.closed


def test_more_than_the_sockets_hold_is_sent_while_answers_come(exchanges: Exchanges) -> None:
    long = "x" * 4_000_000
    echoed = exchanges.ask(*(("SELECT $1::text", (f"{number}{long}",)) for number in range(4)))
    assert [row[0][0] for row in echoed] == [f"{number}{long}" for number in range(4)]
