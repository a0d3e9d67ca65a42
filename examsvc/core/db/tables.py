"""The base of all tables: names of constraints, column types by annotation, the CHECK of an enumeration."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, MetaData, String, Uuid
from sqlalchemy.orm import DeclarativeBase

from examsvc.core.db.columns import UtcDateTime


class Base(DeclarativeBase):
    """The base of all tables. JSON columns are always replaced whole, never changed in place."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        UUID: Uuid(),
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
        StrEnum: String(40),
    }


def one_of(column: str, values: type[StrEnum], *, name: str | None = None) -> CheckConstraint:
    """Return the CHECK that `column` holds a value of the enumeration."""
    allowed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({allowed})", name=name or column)
