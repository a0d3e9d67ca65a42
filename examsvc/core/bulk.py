"""Many small rows into one table by one statement, past the object mapper."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Dialect, Table, insert
from sqlalchemy.orm import Session

Row = Sequence[Any]


def insert_rows(db: Session, table: Table, rows: Iterable[Row]) -> None:
    """Insert rows, each with a value for every column in the table's order; defaults are not looked at.

    SQLAlchemy would make a dictionary of each row and walk it several times: that is dearer than the insert itself.
    """
    connection = db.connection()
    processed = _processed(table, connection.dialect, rows)
    if connection.dialect.name == "postgresql":
        driver: Any = connection.connection.driver_connection
        # By name: a column that a migration added stands last in the database, wherever the model has it.
        names = ", ".join(column.name for column in table.columns)
        with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
            for row in processed:
                copy.write_row(row)
    elif bound := list(processed):
        connection.exec_driver_sql(str(insert(table).compile(dialect=connection.dialect)), bound)


def _processed(table: Table, dialect: Dialect, rows: Iterable[Row]) -> Iterable[tuple[Any, ...]]:
    processors = [_processor(column.type.dialect_impl(dialect).bind_processor(dialect)) for column in table.columns]
    return (tuple(bound(value) for bound, value in zip(processors, row, strict=True)) for row in rows)


def _processor(found: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    return found or (lambda value: value)
