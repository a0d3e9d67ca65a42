"""The instants that follow from an exam session's window and a sitting's course. Pure; read by `timing`.

The numbers are settings of the exam session, because practice differs (domain.md 2.4).
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from examsvc.delivery.states import ClockRule


@dataclass(frozen=True)
class Window:
    """The exam session's side: its window and its rules.

    Without `earliest_hand_in_minutes` nobody hands in before the end (practical tasks). In the last
    `last_minutes_consent` minutes a proctor has to consent, so that nobody walks about while the others finish.
    """

    starts_at: datetime
    ends_at: datetime
    minutes: int
    clock_rule: ClockRule
    late_entry_minutes: int
    earliest_hand_in_minutes: int | None
    grace_seconds: int
    login_absent_minutes: int
    last_minutes_consent: int
    late_extends_time: bool = False


@dataclass(frozen=True)
class Course:
    """The sitting's side: what has happened.

    `checked_in_at` is when the staff let the candidate in at the door, `confirmed_at` when the candidate had logged in
    and confirmed to be the person; `accommodation_seconds` were
    given before the exam, `granted_seconds` by a proctor during it; `credited_seconds` stand for time that was proven
    lost, and do not move the entry. Of the `break_allowance_seconds` that stop the
    clock, `break_used_seconds` are gone already, without the break that began at `break_started_at`.
    `expected_again_at` is when an absence was taken back: whoever is expected again has as long to come as everybody
    had from the start. `held_at` is since when a pause keeps somebody out who has not opened the paper, `held_seconds`
    how long such pauses were: nothing ran against the candidate meanwhile.
    """

    checked_in_at: datetime | None = None
    confirmed_at: datetime | None = None
    opened_at: datetime | None = None
    accommodation_seconds: int = 0
    granted_seconds: int = 0
    credited_seconds: int = 0
    paused_at: datetime | None = None
    paused_seconds: int = 0
    break_allowance_seconds: int = 0
    break_used_seconds: int = 0
    break_started_at: datetime | None = None
    expected_again_at: datetime | None = None
    held_at: datetime | None = None
    held_seconds: int = 0
    has_consent: bool = False
    is_over: bool = False


def closes_at(window: Window, course: Course, now: datetime) -> datetime | None:
    """Return when the paper closes, without the grace, or None while a personal clock has not started.

    Who may make up for a late start and has not come yet is told when it would close after opening it now.
    """
    added = break_taken(course, now) + timedelta(
        seconds=course.accommodation_seconds + course.granted_seconds + course.credited_seconds + course.paused_seconds
    )
    length = timedelta(minutes=window.minutes)
    if window.clock_rule == ClockRule.COMMON:
        return _common_start(window, course, now) + length + added
    begun_at = _begun_at(window, course)
    return min(begun_at + length, window.ends_at + _held(course)) + added if begun_at else None


def _begun_at(window: Window, course: Course) -> datetime | None:
    """Return since when a clock runs, or None before a personal one has started; a moved start starts it anew."""
    if window.clock_rule == ClockRule.COMMON:
        return window.starts_at
    return max(course.opened_at, window.starts_at) if course.opened_at else None


def _common_start(window: Window, course: Course, now: datetime) -> datetime:
    begins_at = window.starts_at + _held(course)
    if not window.late_extends_time:
        return begins_at
    opened_at = min(course.opened_at or now, entry_closes_at(window, course))
    return max(begins_at, opened_at)


def _held(course: Course) -> timedelta:
    """Return for how long pauses have kept somebody out who had not opened the paper."""
    return timedelta(seconds=course.held_seconds)


def entry_closes_at(window: Window, course: Course) -> datetime:
    """Return the last instant of entry; what a proctor grants to somebody who has not come yet moves it too."""
    late = timedelta(minutes=min(window.late_entry_minutes, window.minutes))
    is_common = window.clock_rule == ClockRule.COMMON
    latest = window.starts_at + late if is_common else window.ends_at
    if course.expected_again_at is not None:
        end = window.starts_at + timedelta(minutes=window.minutes) if is_common else window.ends_at
        latest = max(latest, min(course.expected_again_at + late, end))
    return latest + _granted(course)


def _granted(course: Course) -> timedelta:
    return timedelta(seconds=course.granted_seconds) + _held(course)


def has_arrived(window: Window, course: Course) -> bool:
    """Return whether the candidate came while entry was open: let in at the door, or confirmed on the machine.

    That, not the paper, is arriving.
    """
    signs = [at for at in (course.checked_in_at, course.confirmed_at) if at is not None]
    return bool(signs) and min(signs) <= entry_closes_at(window, course)


def absent_at(window: Window, course: Course) -> datetime:
    """Return the last instant at which somebody who has not arrived yet is not absent (domain.md 2.3 机考).

    Nobody is absent while entry is open, and a personal clock's window is open to its end.
    """
    patience = timedelta(minutes=window.login_absent_minutes)
    absent = min(window.starts_at + patience, window.ends_at)
    if course.expected_again_at is not None:
        absent = max(absent, course.expected_again_at + patience)
    return max(absent + _granted(course), entry_closes_at(window, course))


def unopened_ends_at(window: Window, course: Course, now: datetime) -> datetime:
    """Return when it is over for somebody who has not opened the paper."""
    if not has_arrived(window, course):
        return absent_at(window, course)
    return closes_at(window, course, now) or window.ends_at + _granted(course)


def earliest_hand_in_at(window: Window, course: Course, closing_at: datetime | None) -> datetime | None:
    """Return from when on the candidate may hand in, or None before a personal clock has started."""
    begun_at = _begun_at(window, course)
    if begun_at is None or closing_at is None:
        return None
    if window.earliest_hand_in_minutes is None:
        return closing_at
    return min(begun_at + timedelta(minutes=window.earliest_hand_in_minutes), closing_at)


def earliest_hand_in_minutes(window: Window, course: Course, now: datetime) -> int | None:
    """Return how many minutes after the beginning handing in begins, or None when not before the end.

    Whoever has not opened the paper yet is taken to do so at the start.
    """
    begun = replace(course, opened_at=course.opened_at or window.starts_at)
    closing_at = closes_at(window, begun, now)
    earliest_at = earliest_hand_in_at(window, begun, closing_at)
    if closing_at is None or earliest_at is None or earliest_at >= closing_at:
        return None
    return window.earliest_hand_in_minutes


def consent_from(window: Window, course: Course, closing_at: datetime | None) -> datetime | None:
    """Return the last instant at which handing in needs nobody's consent, or None when it never does."""
    if closing_at is None or course.has_consent or not window.last_minutes_consent:
        return None
    return closing_at - timedelta(minutes=window.last_minutes_consent)


def break_ends_at(course: Course) -> datetime | None:
    """Return when the running break runs out of its allowance, or None without one."""
    return course.break_started_at + _break_left(course) if course.break_started_at else None


def break_taken(course: Course, now: datetime) -> timedelta:
    """Return for how long breaks have stopped the clock by `now`; never longer than the allowance."""
    used = timedelta(seconds=course.break_used_seconds)
    if course.break_started_at is None:
        return used
    return used + min(max(now - course.break_started_at, timedelta(0)), _break_left(course))


def _break_left(course: Course) -> timedelta:
    return timedelta(seconds=max(0, course.break_allowance_seconds - course.break_used_seconds))


def whole_seconds(length: timedelta) -> int:
    """Return how many seconds a pause or break lasted, a broken one counted whole; 0 of what has not begun."""
    return max(0, -(-length // timedelta(seconds=1)))
