"""Imported holiday tables."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from examsvc.core.calendar.working_days import NamedDay
from examsvc.core.db import Base


class HolidayYear(Base):
    """One year's table as it was imported. papers: the addresses of the State Council's notices.

    days: [{"name", "date", "is_off"}] in order. It wins over what the service knows by itself.
    """

    __tablename__ = "holiday_years"
    __table_args__ = (CheckConstraint("year BETWEEN 1949 AND 2199", name="year"),)

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    papers: Mapped[list[Any]]
    days: Mapped[list[Any]]
    digest: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[datetime]
    imported_by_name: Mapped[str] = mapped_column(String(120))

    def named_days(self) -> list[NamedDay]:
        """Return the days as values."""
        return [NamedDay(date.fromisoformat(one["date"]), one["name"], one["is_off"]) for one in self.days]
