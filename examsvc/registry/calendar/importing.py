"""Importing a holiday table: looked at first, then taken over whole."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from examsvc.core.calendar import holiday_files, holidays
from examsvc.core.calendar.holiday_files import HolidayTable
from examsvc.core.calendar.holidays import HolidaySource, KnownYear
from examsvc.core.calendar.working_days import Calendar, NamedDay, calendar_of
from examsvc.core.identity import Identity


@dataclass(frozen=True)
class ImportReport:
    """What a table says, what it replaces, and which days change because of it."""

    year: int
    papers: tuple[str, ...]
    days: tuple[NamedDay, ...]
    replaces: HolidaySource | None
    newly_off: list[date]
    newly_working: list[date]
    kept: bool


def look(db: Session, data: bytes) -> ImportReport:
    """Return what the import would do, and do nothing; raises BadHolidayFile."""
    table = holiday_files.parse(data)
    return _report(table, holidays.known_years(db), kept=False)


def take_over(db: Session, data: bytes, *, by: Identity, now: datetime) -> ImportReport:
    """Take the table over whole, audited, and return what changed; raises BadHolidayFile."""
    table = holiday_files.parse(data)
    report = _report(table, holidays.known_years(db), kept=True)
    holidays.keep(db, table, by=by, now=now)
    return report


def _report(table: HolidayTable, known: list[KnownYear], *, kept: bool) -> ImportReport:
    before = next((one for one in known if one.year == table.year), None)
    old = calendar_of([(table.year, before.days if before else ())])
    new = calendar_of([(table.year, table.days)])
    days = sorted(day for day in {*old.days, *new.days} if day.year == table.year)
    changed = [day for day in days if new.is_working_day(day) != old.is_working_day(day)]
    return ImportReport(
        table.year,
        table.papers,
        table.days,
        before.source if before else None,
        _of(changed, new, works=False),
        _of(changed, new, works=True),
        kept,
    )


def _of(days: list[date], calendar: Calendar, *, works: bool) -> list[date]:
    return [day for day in days if calendar.is_working_day(day) is works]
