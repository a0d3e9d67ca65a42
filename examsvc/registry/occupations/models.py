"""What was added to the dictionary of 2022."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from examsvc.core.db import Base


class OccupationAddition(Base):
    """A new occupation, or the official name of a 小类 that the data leave without one; with its source."""

    __tablename__ = "occupation_additions"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name"),
        CheckConstraint("source_notice <> ''", name="source_notice"),
    )

    code: Mapped[str] = mapped_column(String(10), primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    digital: Mapped[bool] = mapped_column(default=False)
    green: Mapped[bool] = mapped_column(default=False)
    source_notice: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime]

    @property
    def audit_stream(self) -> str:
        return f"occupation:{self.code}"
