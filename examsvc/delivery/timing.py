"""What the time means for a sitting: one pure rule.

A deadline belongs to the time before it: at its very instant nobody is late yet.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from examsvc.delivery import instants
from examsvc.delivery.instants import Course, Window

__all__ = ["Course", "Phase", "Timing", "Window", "decide"]


class Phase(StrEnum):
    """WAITING before the start; OPEN may be opened or runs; TOO_LATE entry is closed and nobody has come.

    ON_BREAK: the candidate's own break stops the clock and hides the paper.
    PAUSED: a proctor does, also for those who have not opened the paper: they wait until it is over.
    """

    WAITING = "WAITING"
    OPEN = "OPEN"
    ON_BREAK = "ON_BREAK"
    PAUSED = "PAUSED"
    TOO_LATE = "TOO_LATE"
    OVER = "OVER"


@dataclass(frozen=True)
class Timing:
    """What follows. `closes_at` is None while a personal clock has not started.

    `accepts_until` is `closes_at` and the grace that answers under way have; `due_at` is when a sitting
    that nobody has ended yet had to end, and None while it need not. `consent_from` is None when handing in needs
    nobody's consent; `break_ends_at` is when a running break's allowance is used up.
    """

    phase: Phase
    closes_at: datetime | None
    accepts_until: datetime | None
    entry_closes_at: datetime
    earliest_hand_in_at: datetime | None
    consent_from: datetime | None
    break_ends_at: datetime | None
    break_left: timedelta
    due_at: datetime | None

    def needs_consent(self, now: datetime) -> bool:
        """Return whether handing in at `now` needs a proctor's consent; the automatic hand-in never does."""
        if self.consent_from is None or self.closes_at is None:
            return False
        return self.consent_from < now < self.closes_at


def decide(window: Window, course: Course, now: datetime) -> Timing:
    """Return what the time means for the sitting at `now`.

    A common clock ends for all at the same instant, so that who comes late has less time, unless the exam session
    lets them make up for it; a personal one runs from the opening, but not past the window. Extensions, pauses and
    breaks are added to either. While a sitting is paused its clock stands: nothing falls due, and `closes_at` moves
    when it goes on; in a break `closes_at` moves along with `now`, until the allowance is used up.
    """
    closes_at = instants.closes_at(window, course, now)
    accepts_until = closes_at + timedelta(seconds=window.grace_seconds) if closes_at else None
    falls_due_at = closes_at if course.opened_at else instants.unopened_ends_at(window, course, now)
    phase = _phase(window, course, now, over_after=accepts_until if course.opened_at else falls_due_at)
    allowance = timedelta(seconds=course.break_allowance_seconds)
    return Timing(
        phase=phase,
        closes_at=closes_at,
        accepts_until=accepts_until,
        entry_closes_at=instants.entry_closes_at(window, course),
        earliest_hand_in_at=instants.earliest_hand_in_at(window, course, closes_at),
        consent_from=instants.consent_from(window, course, closes_at),
        break_ends_at=instants.break_ends_at(course),
        break_left=max(timedelta(0), allowance - instants.break_taken(course, now)),
        due_at=falls_due_at if phase == Phase.OVER and not course.is_over else None,
    )


def _phase(window: Window, course: Course, now: datetime, *, over_after: datetime | None) -> Phase:
    if course.is_over:
        return Phase.OVER
    if course.paused_at or course.held_at:
        return Phase.PAUSED
    if now < window.starts_at:  # also when the start was moved after the opening: the paper hides again
        return Phase.WAITING
    if over_after is not None and now > over_after:
        return Phase.OVER
    return _open_phase(window, course, now)


def _open_phase(window: Window, course: Course, now: datetime) -> Phase:
    is_late = now > instants.entry_closes_at(window, course) and not instants.has_arrived(window, course)
    if course.opened_at is None and is_late:
        return Phase.TOO_LATE
    break_ends_at = instants.break_ends_at(course)
    return Phase.ON_BREAK if break_ends_at is not None and now <= break_ends_at else Phase.OPEN
