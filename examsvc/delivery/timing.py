"""What the time means for a sitting: one pure rule.

A deadline belongs to the time before it: at its very instant nobody is late yet.
The numbers are settings of the exam session, because practice differs (domain.md 2.4).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from examsvc.delivery.states import ClockRule


class Phase(StrEnum):
    """WAITING before the start; OPEN may be opened or runs; TOO_LATE entry is closed and it was never opened."""

    WAITING = "WAITING"
    OPEN = "OPEN"
    PAUSED = "PAUSED"
    TOO_LATE = "TOO_LATE"
    OVER = "OVER"


@dataclass(frozen=True)
class Window:
    """The exam session's side: its window and its rules."""

    starts_at: datetime
    ends_at: datetime
    minutes: int
    clock_rule: ClockRule
    late_entry_minutes: int
    earliest_hand_in_minutes: int
    grace_seconds: int


@dataclass(frozen=True)
class Course:
    """The sitting's side: what has happened. `accommodation_seconds` were given with the enrolment,
    `granted_seconds` by a proctor during the exam; `credited_seconds` stand for time that was proven lost, and
    do not move the entry.
    """

    opened_at: datetime | None = None
    accommodation_seconds: int = 0
    granted_seconds: int = 0
    credited_seconds: int = 0
    paused_at: datetime | None = None
    paused_seconds: int = 0
    is_over: bool = False


@dataclass(frozen=True)
class Timing:
    """What follows. `closes_at` is None while a personal clock has not started.

    `accepts_until` is `closes_at` and the grace that answers under way have; `due_at` is when a sitting
    that nobody has ended yet had to end, and None while it need not.
    """

    phase: Phase
    closes_at: datetime | None
    accepts_until: datetime | None
    entry_closes_at: datetime
    earliest_hand_in_at: datetime | None
    due_at: datetime | None


def decide(window: Window, course: Course, now: datetime) -> Timing:
    """Return what the time means for the sitting at `now`.

    A common clock ends for all at the same instant, so that who comes late has less time; a personal one runs
    from the opening, but not past the window. Extensions and pauses are added to either. While a sitting is
    paused its clock stands: nothing falls due, and `closes_at` moves when it goes on.
    """
    closes_at = _closes_at(window, course)
    accepts_until = closes_at + timedelta(seconds=window.grace_seconds) if closes_at else None
    entry_closes_at = _entry_closes_at(window, course)
    falls_due_at = closes_at if course.opened_at else _absent_at(window, course)
    phase = _phase(window, course, now, over_after=accepts_until if course.opened_at else falls_due_at)
    return Timing(
        phase=phase,
        closes_at=closes_at,
        accepts_until=accepts_until,
        entry_closes_at=entry_closes_at,
        earliest_hand_in_at=_earliest_hand_in_at(window, course, closes_at),
        due_at=falls_due_at if phase == Phase.OVER and not course.is_over else None,
    )


def _phase(window: Window, course: Course, now: datetime, *, over_after: datetime | None) -> Phase:
    if course.is_over:
        return Phase.OVER
    if course.paused_at:
        return Phase.PAUSED
    if now < window.starts_at:  # also when the start was moved after the opening: the paper hides again
        return Phase.WAITING
    if over_after is not None and now > over_after:
        return Phase.OVER
    if course.opened_at is None and now > _entry_closes_at(window, course):
        return Phase.TOO_LATE
    return Phase.OPEN


def _closes_at(window: Window, course: Course) -> datetime | None:
    added = timedelta(
        seconds=course.accommodation_seconds + course.granted_seconds + course.credited_seconds + course.paused_seconds
    )
    if window.clock_rule == ClockRule.COMMON:
        return window.starts_at + timedelta(minutes=window.minutes) + added
    if course.opened_at is None:
        return None
    return min(course.opened_at + timedelta(minutes=window.minutes), window.ends_at) + added


def _entry_closes_at(window: Window, course: Course) -> datetime:
    """Return the last instant of entry; what a proctor grants to somebody who has not come yet moves it too."""
    if window.clock_rule == ClockRule.COMMON:
        latest = window.starts_at + timedelta(minutes=min(window.late_entry_minutes, window.minutes))
    else:
        latest = window.ends_at
    return latest + timedelta(seconds=course.granted_seconds)


def _absent_at(window: Window, course: Course) -> datetime:
    return max(window.ends_at + timedelta(seconds=course.granted_seconds), _entry_closes_at(window, course))


def _earliest_hand_in_at(window: Window, course: Course, closes_at: datetime | None) -> datetime | None:
    begun_at = window.starts_at if window.clock_rule == ClockRule.COMMON else course.opened_at
    if begun_at is None or closes_at is None:
        return None
    return min(begun_at + timedelta(minutes=window.earliest_hand_in_minutes), closes_at)
