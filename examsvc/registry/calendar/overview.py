"""The windows of a year with what is known of their last days."""

from dataclasses import dataclass
from datetime import date, datetime

from examsvc.core.calendar.errors import HolidaysUnknown
from examsvc.core.calendar.working_days import Calendar
from examsvc.registry.windows import Window, WindowKind, windows_of_year


@dataclass(frozen=True)
class WindowLine:
    """A window as lists show it.

    `last_day_works` and `working_days` are None while the year's holidays are unknown; `last_day_name` is what the last
    day is called when it differs from its weekday. Windows are calendar dates: none of this moves them.
    """

    kind: WindowKind
    opens_at: datetime
    closes_at: datetime
    first_on: date
    last_on: date
    is_open: bool
    is_clamped: bool
    last_day_works: bool | None
    last_day_name: str
    working_days: int | None


def of_year(year: int, calendar: Calendar, now: datetime) -> list[WindowLine]:
    """Return all windows of a year in the order of their days."""
    found = [one for kind in WindowKind for one in windows_of_year(kind, year)]
    return [_line(one, calendar, now) for one in sorted(found, key=lambda one: one.opens_at)]


def _line(one: Window, calendar: Calendar, now: datetime) -> WindowLine:
    named = calendar.days.get(one.last_on)
    return WindowLine(
        kind=one.kind,
        opens_at=one.opens_at,
        closes_at=one.closes_at,
        first_on=one.first_on,
        last_on=one.last_on,
        is_open=one.holds(now),
        is_clamped=one.is_clamped,
        last_day_works=_works(one.last_on, calendar),
        last_day_name=named.name if named else "",
        working_days=_working_days(one, calendar),
    )


def _works(day: date, calendar: Calendar) -> bool | None:
    try:
        return calendar.is_working_day(day)
    except HolidaysUnknown:
        return None


def _working_days(one: Window, calendar: Calendar) -> int | None:
    days = [date.fromordinal(number) for number in range(one.first_on.toordinal(), one.last_on.toordinal() + 1)]
    works = [_works(day, calendar) for day in days]
    return None if None in works else works.count(True)
