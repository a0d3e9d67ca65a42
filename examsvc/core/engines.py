"""The engines of the two databases: how connections are made ready, and what a fault may tell."""

import sqlite3
import time
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection, Dialect, Engine, create_engine, event, make_url
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor, ExceptionContext
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

SQLITE_BUSY_MS = 10_000
SQLITE_WRITER_WAITS_SECONDS = 60.0
SQLITE_TRIES_AGAIN_SECONDS = 0.005
PRIMARY_CODE = 0xFF  # of an extended SQLite result code
POOL_SIZE = 32
WRITES = "examsvc_writes"
USED_AT: Final = "examsvc.used_at"
RESTS_SECONDS: Final = 2.0
LOST_AFTER: Final = {
    "connect_timeout": 10,
    "keepalives": 1,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""When a server that is gone without a word (its machine off, a firewall that forgot us) counts as lost.

Seconds, but the last, which is milliseconds. A connection within a data centre takes milliseconds; ten seconds leave a
server that starts time to answer, and whoever waits is told 503 before the pool's thirty are over. A statement may run
for long in silence: its connection is asked after 30 seconds, then every 10, and lost after the third that nobody
answers. What was sent and is not acknowledged within 30 seconds is lost too, for no question is asked meanwhile. A
server that is merely stopped or busy answers both, for its machine does. The URL may say otherwise.
"""
HIDE_PARAMETERS = True  # a fault's trace is logged, and names, answers and keys are among a statement's parameters


def pooled(url: str) -> Engine:
    """Return the engine of a PostgreSQL database; a connection that broke is replaced, and one gone silent given up."""
    # Many greenlets take turns at few connections: PostgreSQL works best with about as many as it has cores.
    engine = create_engine(
        url,
        pool_size=POOL_SIZE,
        max_overflow=0,  # one more is closed when it comes back: under load each request would make its own
        pool_use_lifo=True,
        hide_parameters=HIDE_PARAMETERS,
        connect_args={name: value for name, value in LOST_AFTER.items() if name not in make_url(url).query},
    )
    event.listen(engine, "handle_error", _leave_out_rows)
    event.listen(engine, "checkin", _note_use)
    event.listen(engine, "checkout", _asking_after_rest(engine.dialect))
    return engine


def for_reading(engine: Engine) -> Engine:
    """Return the engine as whoever only reads takes it: it runs nothing that writes, locks or streams.

    On PostgreSQL there is no BEGIN and ROLLBACK round it: as READ COMMITTED goes, every statement sees what is
    committed when it begins, with or without the two.
    """
    options = {"isolation_level": "AUTOCOMMIT"} if engine.dialect.name == "postgresql" else {}
    readers = engine.execution_options(**options)
    event.listen(readers, "before_cursor_execute", _refuse_to_write)
    return readers


def _refuse_to_write(
    _connection: Connection,
    _cursor: DBAPICursor,
    _statement: str,
    _parameters: Any,
    context: DefaultExecutionContext,
    _is_many: bool,
) -> None:
    if context.isinsert or context.isupdate or context.isdelete:
        raise RuntimeError("a reading session was to write")
    if getattr(getattr(context.compiled, "statement", None), "_for_update_arg", None) is not None:
        raise RuntimeError("a reading session was to lock, which lasts no longer than the statement")
    if context.execution_options.get("stream_results") or context.execution_options.get("yield_per"):
        raise RuntimeError("a reading session was to stream, for which PostgreSQL needs a transaction")


def _note_use(_connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
    record.info[USED_AT] = time.monotonic()


def _asking_after_rest(dialect: Dialect) -> Callable[[DBAPIConnection, ConnectionPoolEntry, object], None]:
    """Return what has a connection that rested replaced, with all others, if it does not stand any more.

    One that was just used is not asked, so that a request costs no exchange more: should the server have gone within
    these seconds, the first to notice fails, and with it the pool forgets all of them.
    """

    def ask(connection: DBAPIConnection, record: ConnectionPoolEntry, _fairy: object) -> None:
        if time.monotonic() - record.info.get(USED_AT, float("inf")) < RESTS_SECONDS:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error

    return ask


def _leave_out_rows(context: ExceptionContext) -> None:
    """Shorten PostgreSQL's message to its first line: the detail quotes the row that was refused.

    Where no server answered there is no diagnosis, and the driver's words say what was tried.
    """
    diagnosis = getattr(context.original_exception, "diag", None)
    if diagnosis and diagnosis.message_primary and context.sqlalchemy_exception:
        for fault in (context.original_exception, context.sqlalchemy_exception):
            fault.args = (diagnosis.message_primary,)


def for_sqlite(url: str) -> Engine:
    """Return the engine of a SQLite file, whose transactions begin as the connection's option WRITES says."""
    engine = create_engine(url, connect_args={"check_same_thread": False}, hide_parameters=HIDE_PARAMETERS)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None  # the driver would begin late and only sometimes; we begin ourselves
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",  # a receipt is a promise: the answer must survive a power cut
        "foreign_keys=ON",
        f"busy_timeout={SQLITE_BUSY_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get(WRITES, False):
        _begin_writing(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection) -> None:
    """Wait for the one writer of all processes by asking again and again, never inside SQLite.

    There a whole gevent process would stand still for as long as another process writes.
    """
    cursor = connection.connection.cursor()
    cursor.execute("PRAGMA busy_timeout=0")
    try:
        until = time.monotonic() + SQLITE_WRITER_WAITS_SECONDS
        while not _begun(cursor):
            if time.monotonic() > until:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                return
            time.sleep(SQLITE_TRIES_AGAIN_SECONDS)
    finally:
        cursor.execute(f"PRAGMA busy_timeout={SQLITE_BUSY_MS}")
        cursor.close()


def _begun(cursor: DBAPICursor) -> bool:
    try:
        cursor.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as busy:
        if busy.sqlite_errorcode & PRIMARY_CODE != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
