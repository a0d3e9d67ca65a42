"""Working days: Monday to Friday, but for the days off and the make-up days that the State Council sets. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from examsvc.core.calendar.errors import HolidaysUnknown

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class NamedDay:
    """A day that differs from its weekday: off, or a make-up working day 调休上班 when `is_off` is false."""

    day: date
    name: str
    is_off: bool


@dataclass(frozen=True)
class Calendar:
    """The days that are known. A day of a year without a table is unknown, also when it is a Wednesday."""

    years: frozenset[int]
    days: Mapping[date, NamedDay] = field(repr=False)

    def is_working_day(self, day: date) -> bool:
        """Return whether people work on this day; raises HolidaysUnknown that names the year."""
        if day.year not in self.years:
            raise HolidaysUnknown(year=day.year)
        named = self.days.get(day)
        return not named.is_off if named else day.weekday() < SATURDAY

    def nth_working_day_after(self, day: date, n: int, *, first_day_counts: bool) -> date:
        """Return the day on which `n` working days (1 or more) are full; raises HolidaysUnknown.

        With `first_day_counts` the count begins with `day` itself, or else with the day after it.
        """
        last = day if first_day_counts else day + ONE_DAY
        left = n - self.is_working_day(last)
        while left > 0:
            last += ONE_DAY
            left -= self.is_working_day(last)
        return last

    def working_day_from(self, day: date) -> date:
        """Return `day`, or the next working day when people do not work on it; raises HolidaysUnknown."""
        return self.nth_working_day_after(day, 1, first_day_counts=True)

    def named(self, first: date, last: date) -> list[NamedDay]:
        """Return the days off and the make-up days from `first` to `last`, both included, in order."""
        return sorted((day for day in self.days.values() if first <= day.day <= last), key=lambda day: day.day)


def calendar_of(tables: Iterable[tuple[int, Iterable[NamedDay]]]) -> Calendar:
    """Return the calendar that tables of years make: (year, its days). A later table wins, year by year and day by day.

    The table of a year may name days of the December before, which its New Year's holiday reaches into.
    """
    years: set[int] = set()
    days: dict[date, NamedDay] = {}
    for year, named in tables:
        if year in years:
            days = {day: one for day, one in days.items() if day.year != year}
        years.add(year)
        days.update({one.day: one for one in named})
    return Calendar(frozenset(years), days)
