"""When recommendations and applications are received. Pure.

沪人社职〔2025〕140号 三(二): recommendations 20日-30日 of February, May, August and November; applications of
organisations 20日-30日 of March, June, September and December; 逾期不予受理. The days are civil days in Shanghai, both
ends belong to the window, also when they are no working days. February has no 30th: it closes with its last day. The
31st is outside.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from examsvc.core.clock import SHANGHAI
from examsvc.registry.errors import OutOfWindow

FIRST_DAY, LAST_DAY = 20, 30
_INSTANT = timedelta(microseconds=1)


class WindowKind(StrEnum):
    RECOMMENDATION = "RECOMMENDATION"  # 三(二)1, by the departments
    ORGANISATION = "ORGANISATION"  # 三(二)2, by the organisations


MONTHS: Mapping[WindowKind, tuple[int, ...]] = {
    WindowKind.RECOMMENDATION: (2, 5, 8, 11),
    WindowKind.ORGANISATION: (3, 6, 9, 12),
}


@dataclass(frozen=True)
class Window:
    """One window. `opens_at` and `closes_at` are aware UTC and both inside.

    `closes_at` is the last instant of the last day, 23:59:59.999999 in Shanghai: at 24:00 the window is closed.
    """

    kind: WindowKind
    opens_at: datetime
    closes_at: datetime

    def holds(self, instant: datetime) -> bool:
        """Return whether the window is open at `instant`."""
        return self.opens_at <= instant <= self.closes_at

    @property
    def first_on(self) -> date:
        """The first day, a date in Shanghai."""
        return self.opens_at.astimezone(SHANGHAI).date()

    @property
    def last_on(self) -> date:
        """The last day, a date in Shanghai; in February the 28th or 29th."""
        return self.closes_at.astimezone(SHANGHAI).date()

    @property
    def is_clamped(self) -> bool:
        """Whether the month ends before the 30th."""
        return self.last_on.day < LAST_DAY


def window(kind: WindowKind, year: int, month: int) -> Window:
    """Return the window of a month that has one."""
    first = date(year, month, FIRST_DAY)
    last = date(year, month, min(LAST_DAY, monthrange(year, month)[1]))
    return Window(kind, _midnight(first), _midnight(last + timedelta(days=1)) - _INSTANT)


def windows_of_year(kind: WindowKind, year: int) -> tuple[Window, ...]:
    """Return the four windows of a year, in order."""
    return tuple(window(kind, year, month) for month in MONTHS[kind])


def window_of(kind: WindowKind, instant: datetime) -> Window | None:
    """Return the window that is open at `instant`, or None."""
    return next((one for one in _around(kind, instant) if one.holds(instant)), None)


def next_window(kind: WindowKind, instant: datetime) -> Window:
    """Return the first window that opens after `instant`; while one is open, the one after it."""
    return next(one for one in _around(kind, instant) if one.opens_at > instant)


def open_window(kind: WindowKind, instant: datetime) -> Window:
    """Return the window that is open at `instant`; raises OutOfWindow with the next one's ends."""
    found = window_of(kind, instant)
    if found is None:
        coming = next_window(kind, instant)
        raise OutOfWindow(opens_at=coming.opens_at.isoformat(), closes_at=coming.closes_at.isoformat())
    return found


def _around(kind: WindowKind, instant: datetime) -> tuple[Window, ...]:
    year = instant.astimezone(SHANGHAI).year
    return (*windows_of_year(kind, year), *windows_of_year(kind, year + 1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI).astimezone(UTC)
