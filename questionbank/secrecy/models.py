"""Leave to take a bank out of the service."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.accounts.models import Account
from examsvc.core import ids
from examsvc.core.db import Base


class BankExport(Base):
    """题库导出申请: somebody asked to export a bank, somebody else granted it, and it was used once."""

    __tablename__ = "bank_exports"
    __table_args__ = (
        CheckConstraint("granted_by_id IS NULL OR granted_by_id <> asked_by_id", name="two_people"),
        CheckConstraint("used_at IS NULL OR granted_at IS NOT NULL", name="granted_before_used"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    bank_id: Mapped[UUID] = mapped_column(ForeignKey("item_banks.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    asked_by_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[datetime]
    granted_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    granted_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    asked_by: Mapped[Account] = relationship(foreign_keys=[asked_by_id])
    granted_by: Mapped[Account | None] = relationship(foreign_keys=[granted_by_id])
