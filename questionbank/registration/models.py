"""What a bank held when it was registered."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from examsvc.core import ids
from examsvc.core.db import Base
from examsvc.registry.models import Filing
from questionbank.models import ItemBank, ItemVersion


class BankVersionItem(Base):
    """A version of an item in a registered bank, with the digest of what it said."""

    __tablename__ = "bank_version_items"

    bank_version_id: Mapped[UUID] = mapped_column(ForeignKey("bank_versions.id"), primary_key=True)
    item_version_id: Mapped[UUID] = mapped_column(ForeignKey("item_versions.id"), primary_key=True, index=True)
    digest: Mapped[str] = mapped_column(String(64))
    item_version: Mapped[ItemVersion] = relationship()


class BankVersion(Base):
    """题库备案版本: what was released when the bank was handed in for a case or registered for a filing.

    digest: of the manifest. item_count: how many versions of items it holds. The filing comes when the case is filed;
    another state of the bank is another version.
    """

    __tablename__ = "bank_versions"
    __table_args__ = (UniqueConstraint("bank_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    bank_id: Mapped[UUID] = mapped_column(ForeignKey("item_banks.id"))
    number: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"), index=True)
    filing_id: Mapped[UUID | None] = mapped_column(ForeignKey("filings.id"), index=True)
    registered_at: Mapped[datetime]
    item_count: Mapped[int] = column_property(
        select(func.count())
        .where(BankVersionItem.bank_version_id == id)  # noqa: A003 (the column above)
        .correlate_except(BankVersionItem)
        .scalar_subquery()
    )
    bank: Mapped[ItemBank] = relationship()
    filing: Mapped[Filing | None] = relationship()

    @property
    def audit_stream(self) -> str:
        return f"bank:{self.bank_id}"
