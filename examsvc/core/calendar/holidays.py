"""What is known of holidays: imported tables first, then those that come with the service."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.calendar import published
from examsvc.core.calendar.holiday_files import HolidayTable
from examsvc.core.calendar.models import HolidayYear
from examsvc.core.calendar.working_days import Calendar, NamedDay, calendar_of
from examsvc.core.db import get_locked
from examsvc.core.identity import Identity


class HolidaySource(StrEnum):
    PACKAGE = "PACKAGE"
    IMPORTED = "IMPORTED"


@dataclass(frozen=True)
class KnownYear:
    """A year's table and where it is from; `imported_at` and `imported_by_name` are None for the package's."""

    year: int
    source: HolidaySource
    papers: Sequence[str]
    days: Sequence[NamedDay]
    imported_at: datetime | None = None
    imported_by_name: str | None = None


def calendar(db: Session) -> Calendar:
    """Return the calendar of everything that is known now."""
    return calendar_of((known.year, known.days) for known in _in_order_of_worth(db))


def published_calendar() -> Calendar:
    """Return the calendar of the tables that come with the service."""
    return calendar_of((year, published.table(year)) for year in published.years())


def known_years(db: Session) -> list[KnownYear]:
    """Return every known year once, latest first, with the table that counts."""
    by_year = {known.year: known for known in _in_order_of_worth(db)}
    return [by_year[year] for year in sorted(by_year, reverse=True)]


def keep(db: Session, table: HolidayTable, *, by: Identity, now: datetime) -> None:
    """Take a checked table over in place of what was known of its year. Deadlines that run stay as they are."""
    fields = {"papers": list(table.papers), "days": table.plain_days(), "digest": table.digest}
    before = db.get(HolidayYear, table.year) and get_locked(db, HolidayYear, table.year)
    replaced = before.digest if before else None
    db.merge(HolidayYear(year=table.year, **fields, imported_at=now, imported_by_name=by.name))
    about = {"digest": table.digest, "replaced": replaced, "papers": list(table.papers), "days": len(table.days)}
    audit.append(db, f"holidays:{table.year}", "holidays.imported", by=by, now=now, year=table.year, **about)


def _in_order_of_worth(db: Session) -> list[KnownYear]:
    own = [KnownYear(year, HolidaySource.PACKAGE, (), published.table(year)) for year in published.years()]
    rows = db.scalars(select(HolidayYear).order_by(HolidayYear.year))
    return [*own, *(_imported(row) for row in rows)]


def _imported(row: HolidayYear) -> KnownYear:
    about = {"imported_at": row.imported_at, "imported_by_name": row.imported_by_name}
    return KnownYear(row.year, HolidaySource.IMPORTED, row.papers, row.named_days(), **about)  # type: ignore[arg-type]
