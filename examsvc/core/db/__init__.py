"""The database: how tables are declared, how a row is found, and the two kinds of transaction."""

from examsvc.core.db.columns import EnumText, UtcDateTime
from examsvc.core.db.doors import Database, after_commit, database_of
from examsvc.core.db.kept import OneEach
from examsvc.core.db.rows import WRITERS_WAIT, get, get_locked, is_collision, only, only_locked
from examsvc.core.db.tables import Base, one_of

__all__ = [
    "WRITERS_WAIT",
    "Base",
    "Database",
    "EnumText",
    "OneEach",
    "UtcDateTime",
    "after_commit",
    "database_of",
    "get",
    "get_locked",
    "is_collision",
    "one_of",
    "only",
    "only_locked",
]
