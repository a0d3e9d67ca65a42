"""How a deadline of months is counted, as a policy with a name that screens put into words. Pure.

The notice says 3个月 (140号 三(一)4) and not how to count it. Both policies count as 民法典 201 to 203 have it: the
first day is not counted, a month that is too short ends with its last day, and the last day ends at 24:00 in Shanghai.
They differ in a last day on which nobody works.
"""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from examsvc.core.calendar.months import add_months
from examsvc.core.calendar.working_days import Calendar
from examsvc.core.clock import SHANGHAI


class DeadlinePolicy(StrEnum):
    ROLL_FORWARD = "ROLL_FORWARD"  # a last day off moves to the next working day: 民法典 203
    FIXED_DATE = "FIXED_DATE"  # the date stands as it is


_policy = DeadlinePolicy.ROLL_FORWARD


def use_policy(policy: DeadlinePolicy) -> None:
    """Count new deadlines by this policy; those that run keep theirs."""
    global _policy  # noqa: PLW0603 (a process has one policy)
    _policy = policy


def policy_in_use() -> DeadlinePolicy:
    """Return the policy that new deadlines are counted by."""
    return _policy


def last_day(start: date, months: int, policy: DeadlinePolicy, calendar: Calendar) -> date:
    """Return the last day of a time of `months` that began on `start`; raises HolidaysUnknown when it has to roll."""
    last = add_months(start, months)
    return calendar.working_day_from(last) if policy == DeadlinePolicy.ROLL_FORWARD else last


def end_of(day: date) -> datetime:
    """Return 24:00 of a day in Shanghai, aware UTC: the first instant that is too late."""
    return datetime.combine(day + timedelta(days=1), time.min, SHANGHAI).astimezone(UTC)
