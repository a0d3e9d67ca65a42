"""Batches 批次: what is assessed together, and archived together."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.core import ids
from examsvc.core.db import Base
from examsvc.registry.models import Organisation


class Batch(Base):
    """批次 of an organisation's exam sessions: the unit of archiving (domain.md 2.10: 以认定批次为单位建档)."""

    __tablename__ = "batches"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    created_at: Mapped[datetime]
    organisation: Mapped[Organisation] = relationship()

    @property
    def audit_stream(self) -> str:
        return f"batch:{self.id}"
