"""What versions are found by."""

from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from examsvc.core.db import Base


class ItemGram(Base):
    """What a version is found by: pairs of characters, beginnings of words and codes, and `#` with a whole tag."""

    __tablename__ = "item_grams"
    __table_args__ = ({"sqlite_with_rowid": False},)  # its key is all of it: SQLite need not keep it twice

    gram: Mapped[str] = mapped_column(String(48), primary_key=True)
    version_id: Mapped[UUID] = mapped_column(
        ForeignKey("item_versions.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class UndescribedVersion(Base):
    """待建检索词的试题版本: what came in with many others is found by nothing yet (`questionbank.describing`)."""

    __tablename__ = "undescribed_versions"

    version_id: Mapped[UUID] = mapped_column(ForeignKey("item_versions.id", ondelete="CASCADE"), primary_key=True)
