"""The holiday tables that come with the service: those of the `chinesecalendar` package. Pure."""

from datetime import date
from functools import cache

from chinese_calendar import Holiday, constants

from examsvc.core.calendar.working_days import NamedDay

SOURCE = "chinesecalendar"


@cache
def years() -> tuple[int, ...]:
    """Return the years that are whole, ascending: those with a New Year and a National Day.

    The package may know a few January days before the year's table is out; such a year is not covered.
    """
    marks = {day.year for day in constants.holidays if (day.month, day.day) == (1, 1)}
    return tuple(sorted(marks & {day.year for day in constants.holidays if (day.month, day.day) == (10, 1)}))


@cache
def table(year: int) -> tuple[NamedDay, ...]:
    """Return the days off and the make-up days of a year, in order."""
    off = [_named(day, name, is_off=True) for day, name in constants.holidays.items() if day.year == year]
    made_up = [_named(day, name, is_off=False) for day, name in constants.workdays.items() if day.year == year]
    return tuple(sorted([*off, *made_up], key=lambda one: one.day))


def _named(day: date, name: str, *, is_off: bool) -> NamedDay:
    return NamedDay(day, Holiday(name).chinese, is_off)
