"""The three months of the development. Pure.

140号 三(一)4: 在机构评估通过后的3个月内组织开展专项职业能力考核规范，以及题库开发 …… 逾期未完成的，视作放弃申报.
The clock stops when both are handed in, not when their review is over (domain.md 1.11 no. 3).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from examsvc.core.calendar import deadlines
from examsvc.core.calendar.deadlines import DeadlinePolicy
from examsvc.core.calendar.working_days import Calendar
from examsvc.core.clock import shanghai_date

MONTHS = 3
REMINDERS = (30, 7, 1)
"""How many days before 24:00 of the last day the organisation is reminded."""
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Deadline:
    """`last_on` is the last day, a Shanghai date; `due_at` its last instant, aware UTC, which is still in time."""

    last_on: date
    due_at: datetime


def deadline(passed_at: datetime, policy: DeadlinePolicy, calendar: Calendar) -> Deadline:
    """Return when the time is up for an organisation that passed then; raises HolidaysUnknown when it has to roll."""
    last_on = deadlines.last_day(shanghai_date(passed_at), MONTHS, policy, calendar)
    return Deadline(last_on, deadlines.end_of(last_on) - _INSTANT)


def is_overdue(due_at: datetime, now: datetime) -> bool:
    """Return whether the time is up: from 24:00 of the last day on."""
    return now > due_at


def lapses_at(due_at: datetime) -> datetime:
    """Return 24:00 of the last day, the instant at which the time is up."""
    return due_at + _INSTANT


def next_reminder(due_at: datetime, now: datetime) -> datetime | None:
    """Return the instant of the first reminder after `now`, or None when none is left."""
    coming = [lapses_at(due_at) - timedelta(days=days) for days in REMINDERS]
    return next((instant for instant in coming if instant > now), None)


def reminder_due(due_at: datetime, now: datetime) -> int | None:
    """Return how many days before the deadline the reminder is that `now` calls for: 30, 7, 1, or None.

    A worker that slept past several gives the latest one only, and none once the time is up.
    """
    passed = [days for days in REMINDERS if now >= lapses_at(due_at) - timedelta(days=days)]
    return passed[-1] if passed and not is_overdue(due_at, now) else None
