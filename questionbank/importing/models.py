"""Imports: a file that was looked through for a bank, and what became of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.accounts.models import Account
from examsvc.core import ids
from examsvc.core.db import Base, one_of
from questionbank.importing.kinds import ImportState
from questionbank.models import ItemBank
from questionbank.secrecy.columns import SecretJson, SecretText


class ItemImport(Base):
    """试题导入: the file is the blob `digest`, `report` what looking through it told, `mapping` its columns."""

    __tablename__ = "item_imports"
    __table_args__ = (
        one_of("state", ImportState),
        CheckConstraint("(state = 'TAKEN') = (taken_at IS NOT NULL)", name="taken_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    bank_id: Mapped[UUID] = mapped_column(ForeignKey("item_banks.id"), index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    file_name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    format: Mapped[str] = mapped_column(String(20))
    mapping: Mapped[dict[str, Any] | None] = mapped_column(default=None)
    knowledge_point_id: Mapped[UUID | None] = mapped_column(ForeignKey("knowledge_points.id"))
    report: Mapped[dict[str, Any]] = mapped_column(SecretJson("import.report"))
    state: Mapped[ImportState] = mapped_column(String(10), default=ImportState.LOOKED_AT)
    created_at: Mapped[datetime]
    taken_at: Mapped[datetime | None]
    bank: Mapped[ItemBank] = relationship()
    account: Mapped[Account] = relationship()


class ImportLeftover(Base):
    """What an import could not model, with its source as it stood in the file."""

    __tablename__ = "import_leftovers"

    import_id: Mapped[UUID] = mapped_column(ForeignKey("item_imports.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    where: Mapped[str] = mapped_column(String(400))
    kind: Mapped[str] = mapped_column(String(120))
    detail: Mapped[str] = mapped_column(SecretText("import.detail"))
    source: Mapped[str] = mapped_column(SecretText("import.source"))


class ColumnMapping(Base):
    """A person's name for which column of a table is what, to be used again: header → field."""

    __tablename__ = "column_mappings"
    __table_args__ = (UniqueConstraint("account_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    name: Mapped[str] = mapped_column(String(80))
    columns: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
