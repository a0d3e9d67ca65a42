"""How long a public notice is open: which length a kind has, and how working days are counted."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from examsvc.core.calendar import holidays
from examsvc.core.calendar.deadlines import end_of
from examsvc.core.calendar.working_days import ONE_DAY, Calendar
from examsvc.registry.publicity.errors import LengthFixed, LengthMissing
from examsvc.registry.publicity.states import NoticeKind

WORKING_DAYS_OF_ORGANISATIONS = 5  # 140号 三(四): 公示期为5个工作日


class Counting(StrEnum):
    """Whether the day of posting is one of the working days; the notice does not say, 民法典 201 does not count it."""

    FIRST_DAY_NOT_COUNTED = "FIRST_DAY_NOT_COUNTED"
    FIRST_DAY_COUNTED = "FIRST_DAY_COUNTED"


DEFAULT_COUNTING = Counting.FIRST_DAY_NOT_COUNTED


@dataclass(frozen=True)
class NoticeSpan:
    """From `opens_on` to `ends_on`, both included; `ends_at` is 24:00 of the last day, the first instant too late."""

    opens_on: date
    ends_on: date
    working_days: int
    counting: Counting

    @property
    def ends_at(self) -> datetime:
        return end_of(self.ends_on)


def of(
    db: Session, kind: NoticeKind, opens_on: date, working_days: int | None, counting: Counting = DEFAULT_COUNTING
) -> NoticeSpan:
    """Return the span of a notice posted on the day; raises LengthMissing, LengthFixed, HolidaysUnknown."""
    return counted(holidays.calendar(db), opens_on, length(kind, working_days), counting)


def length(kind: NoticeKind, asked: int | None) -> int:
    """Return how many working days a notice of the kind lasts; raises LengthMissing, LengthFixed."""
    if kind == NoticeKind.SCHEMES:
        if asked is None:
            raise LengthMissing
        return asked
    if asked not in (None, WORKING_DAYS_OF_ORGANISATIONS):
        raise LengthFixed(working_days=WORKING_DAYS_OF_ORGANISATIONS)
    return WORKING_DAYS_OF_ORGANISATIONS


def counted(calendar: Calendar, opens_on: date, working_days: int, counting: Counting) -> NoticeSpan:
    """Return the span of so many working days; raises HolidaysUnknown that names the year without a table."""
    first_day_counts = counting == Counting.FIRST_DAY_COUNTED
    ends_on = calendar.nth_working_day_after(opens_on, working_days, first_day_counts=first_day_counts)
    return NoticeSpan(opens_on, ends_on, working_days, counting)


def left(calendar: Calendar, ends_on: date, *, today: date) -> int:
    """Return how many working days follow today until the end; raises HolidaysUnknown."""
    days = (today + ONE_DAY * n for n in range(1, (ends_on - today).days + 1))
    return sum(calendar.is_working_day(day) for day in days)
