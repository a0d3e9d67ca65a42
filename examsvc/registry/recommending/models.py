"""What recommending stores beside cases and batches."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from examsvc.core.db import Base


class CaseSeries(Base):
    """The last number that was given in a series of case numbers, for example 2026-Q4."""

    __tablename__ = "case_series"

    prefix: Mapped[str] = mapped_column(String(20), primary_key=True)
    last: Mapped[int]
