"""What alike items are found by, and pairs of items that must not meet."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.core.db import Base
from questionbank.models import Item


class ItemBand(Base):
    """A number that versions of one bank share which are probably alike (`questionbank.fingerprints`)."""

    __tablename__ = "item_bands"
    __table_args__ = ({"sqlite_with_rowid": False},)

    bank_id: Mapped[UUID] = mapped_column(ForeignKey("item_banks.id"), primary_key=True)
    band: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    version_id: Mapped[UUID] = mapped_column(
        ForeignKey("item_versions.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class ItemEnemies(Base):
    """互斥题: two items of a bank of which a paper holds one at most; the lesser id first."""

    __tablename__ = "item_enemies"
    __table_args__ = (CheckConstraint("item_id < other_id", name="order"),)

    item_id: Mapped[UUID] = mapped_column(ForeignKey("items.id"), primary_key=True)
    other_id: Mapped[UUID] = mapped_column(ForeignKey("items.id"), primary_key=True, index=True)
    reason: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    item: Mapped[Item] = relationship(foreign_keys=[item_id])
    other: Mapped[Item] = relationship(foreign_keys=[other_id])
