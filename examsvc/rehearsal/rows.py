"""Rows for `core.bulk` by the names of their columns: what is not named has the model's own default."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from sqlalchemy import Column, Table
from sqlalchemy.orm import Session

from examsvc.core import bulk
from examsvc.core.db import Base


def insert(db: Session, model: type[Base], named: Iterable[Mapping[str, Any]]) -> None:
    """Insert one row for each mapping of column names to values."""
    table = cast("Table", model.__table__)
    defaults = {column.name: _default(column) for column in table.columns}
    bulk.insert_rows(db, table, ([*(defaults | dict(row)).values()] for row in named))


def _default(column: Column[Any]) -> Any:
    return column.default.arg if column.default is not None and column.default.is_scalar else None  # type: ignore[attr-defined]
