"""The engines of the two databases: how connections are made ready, and what a fault may tell."""

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext

SQLITE_BUSY_MS = 10_000
POOL_SIZE = 16
WRITES = "examsvc_writes"
HIDE_PARAMETERS = True  # a fault's trace is logged, and names, answers and keys are among a statement's parameters


def pooled(url: str) -> Engine:
    """Return the engine of a PostgreSQL database."""
    # Many greenlets take turns at few connections: PostgreSQL works best with about as many as it has cores.
    engine = create_engine(
        url, pool_pre_ping=True, pool_size=POOL_SIZE, max_overflow=POOL_SIZE, hide_parameters=HIDE_PARAMETERS
    )
    event.listen(engine, "handle_error", _leave_out_rows)
    return engine


def _leave_out_rows(context: ExceptionContext) -> None:
    """Shorten PostgreSQL's message to its first line: the detail quotes the row that was refused."""
    diagnosis = getattr(context.original_exception, "diag", None)
    if diagnosis and context.sqlalchemy_exception:
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
    writes = connection.get_execution_options().get(WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
