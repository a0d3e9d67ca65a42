"""Which faults are an outage: what is stored cannot be reached or written for now, and asking again may help.

Whoever asked may ask again; and one line of the log is enough, because everybody meets it at once.
"""

import errno
import sqlite3
from typing import Final

import psycopg
from sqlalchemy.exc import DBAPIError

from examsvc.core.engines import PRIMARY_CODE
from examsvc.core.errors import Unavailable

RETRY_AFTER_SECONDS: Final = 5
SQLSTATES: Final = ("08", "53", "57P", "58", "40001", "40P01")
"""No connection; disk, memory or connections used up; shut down by somebody or crashed; the system's own error; undone
for the sake of others that wrote at the same moment: all of it, so that the same again may go through."""
SQLITE_CODES: Final = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_BUSY})
ERRNOS: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO})


def refusal_of(fault: BaseException) -> Unavailable | None:
    """Return what to answer to an outage, and None to every other fault."""
    return Unavailable(retry_after=RETRY_AFTER_SECONDS) if is_outage(fault) else None


def is_outage(fault: BaseException) -> bool:
    """Return whether the fault is an outage."""
    cause = cause_of(fault)
    if isinstance(cause, psycopg.Error):
        return _is_outage_of_postgresql(cause)
    if isinstance(cause, sqlite3.OperationalError):
        return cause.sqlite_errorcode & PRIMARY_CODE in SQLITE_CODES
    return isinstance(cause, OSError) and cause.errno in ERRNOS


def cause_of(fault: BaseException) -> BaseException:
    """Return what the driver said of a database's fault, and every other fault itself."""
    return fault.orig if isinstance(fault, DBAPIError) and fault.orig else fault


def _is_outage_of_postgresql(cause: psycopg.Error) -> bool:
    """An error without a state is the driver's own; an operational one tells of a connection that is not there."""
    if cause.sqlstate is None:
        return isinstance(cause, psycopg.OperationalError)
    return cause.sqlstate.startswith(SQLSTATES)
