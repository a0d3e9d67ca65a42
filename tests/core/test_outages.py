"""A database or a disk that is gone or full is answered as what passes by, and told in one line."""

import errno
import json
import logging
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from typing import Any

import pytest
import servers
from callers import Caller
from psycopg.errors import DeadlockDetected
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from examsvc.app import create_app
from examsvc.core import engines, outages
from examsvc.core.db import Database
from examsvc.core.logs import JsonLines
from examsvc.core.settings import Settings
from proctoring.sockets.places import answering

GONE = "DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '{0}'; END $$"
LOCK = text("SELECT pg_advisory_xact_lock(:key)")


def fault_of(work: Callable[[], object]) -> Exception:
    with pytest.raises((DBAPIError, OSError)) as caught:
        work()
    return caught.value


def connect_to_nobody() -> None:
    engine = engines.pooled(f"postgresql+psycopg://examsvc@127.0.0.1:{servers.free_port()}/postgres")
    with engine.connect():
        """Nobody listens there."""


def fill_disk() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.sqlite_only
@pytest.mark.parametrize("work", [connect_to_nobody, fill_disk])
def test_who_meets_an_outage_is_asked_to_come_again(app_settings: Settings, work: Callable[[], None]) -> None:
    app = create_app(app_settings)
    app.add_url_rule("/api/work", view_func=work)
    answer = Caller(app).get("/api/work")
    app.extensions["examsvc.database"].close()
    assert (answer.status_code, answer.json["code"]) == (503, "unavailable")
    assert int(answer.headers["Retry-After"]) > 0


def test_a_page_on_a_socket_is_answered_likewise() -> None:
    assert answering(fill_disk)()["code"] == "unavailable"


def test_an_outage_takes_one_line_of_the_log_and_says_what_was_tried() -> None:
    try:
        connect_to_nobody()
    except DBAPIError:
        record = logging.LogRecord("examsvc", logging.ERROR, __file__, 1, "a sweep failed", None, sys.exc_info())
    line = json.loads(JsonLines().format(record))
    assert "trace" not in line
    assert "refused" in line["outage"].lower()


@pytest.mark.postgresql_only
@pytest.mark.parametrize(
    ("sqlstate", "passes_by"),
    [("53100", True), ("57P01", True), ("58030", True), ("40001", True), ("40002", False), ("22000", False)],
)
def test_what_postgresql_says_of_itself_passes_by(database: Database, sqlstate: str, *, passes_by: bool) -> None:
    with database.engine.connect() as connection:
        fault = fault_of(lambda: connection.execute(text(GONE.format(sqlstate))))
    assert outages.is_outage(fault) is passes_by


@pytest.mark.postgresql_only
def test_of_two_who_wait_for_each_other_one_goes_on_and_the_other_may_come_again(database: Database) -> None:
    with ExitStack() as stack, ThreadPoolExecutor() as pool:
        one, two = (stack.enter_context(database.engine.connect()) for _ in range(2))
        for connection, own in ((one, 1), (two, 2)):
            connection.execute(LOCK, {"key": own})
        crossing = pool.submit(one.execute, LOCK, {"key": 2})
        fault = _fault_of_either(crossing, two)
    assert isinstance(outages.cause_of(fault), DeadlockDetected)
    assert outages.is_outage(fault)


def _fault_of_either(crossing: "Future[Any]", two: Connection) -> BaseException:
    """Return the fault of whom the database chose; the other goes on."""
    try:
        two.execute(LOCK, {"key": 1})
    except DBAPIError as fault:
        two.rollback()
        crossing.result(60)
        return fault
    return crossing.exception(60) or AssertionError("both went on")


@pytest.mark.postgresql_only
def test_who_is_thrown_out_by_postgresql_meets_an_outage_and_the_next_one_a_new_connection(database: Database) -> None:
    with database.engine.connect() as connection:
        own = text("SELECT pg_terminate_backend(pg_backend_pid())")
        assert outages.is_outage(fault_of(lambda: connection.execute(own)))
    with database.reading() as db:
        assert db.scalar(text("SELECT 1")) == 1


@pytest.mark.sqlite_only
def test_a_full_sqlite_file_is_an_outage_and_a_missing_table_is_a_fault(database: Database) -> None:
    with closing(database.engine.raw_connection()) as raw:
        raw.cursor().execute("PRAGMA max_page_count = 1")
    with database.engine.connect() as connection:
        full = fault_of(lambda: connection.execute(text("CREATE TABLE more AS SELECT zeroblob(1000000) AS much")))
        missing = fault_of(lambda: connection.execute(text("SELECT * FROM nowhere")))
    database.engine.dispose()
    assert (outages.is_outage(full), outages.is_outage(missing)) == (True, False)
