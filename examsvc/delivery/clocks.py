"""What the time means for a sitting: its exam session's window and rules, and its own course, put to the pure rule."""

from dataclasses import replace
from datetime import datetime

from examsvc.delivery import instants
from examsvc.delivery.models import ExamSession, Sitting
from examsvc.delivery.states import ClockRule, ExamSessionState
from examsvc.delivery.timing import Course, Timing, Window, decide


def timing_of(sitting: Sitting, now: datetime) -> Timing:
    """Return what the time means for the sitting at `now`; in a cancelled exam session it is over."""
    session = sitting.enrolment.exam_session
    is_cancelled = session.state == ExamSessionState.CANCELLED
    return decide(window_of(session), _course(sitting, is_over=sitting.state.is_over or is_cancelled), now)


def timing_of_made(sitting: Sitting, made_at: datetime, now: datetime) -> Timing:
    """Return what the time means for a hand-in that was made at `made_at`.

    Before the start as it stands by now an earlier one held: a personal clock ran from the opening.
    """
    timing, window = timing_of(sitting, now), window_of(sitting.enrolment.exam_session)
    opened_at = sitting.entered_at
    if window.clock_rule == ClockRule.COMMON or opened_at is None or made_at >= window.starts_at:
        return timing
    course = _course(sitting, is_over=sitting.state.is_over)
    earliest_at = instants.earliest_hand_in_at(replace(window, starts_at=opened_at), course, timing.closes_at)
    return replace(timing, earliest_hand_in_at=earliest_at)


def window_of(session: ExamSession) -> Window:
    """Return the exam session's window and rules."""
    return Window(
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        minutes=session.minutes,
        clock_rule=session.clock_rule,
        late_entry_minutes=session.late_entry_minutes,
        late_extends_time=session.late_extends_time,
        login_absent_minutes=session.login_absent_minutes,
        earliest_hand_in_minutes=session.earliest_hand_in_minutes,
        last_minutes_consent=session.last_minutes_consent,
        grace_seconds=session.grace_seconds,
    )


def has_arrived(sitting: Sitting) -> bool:
    """Return whether the candidate came, at the door or on the machine, while entry was open."""
    return instants.has_arrived(window_of(sitting.enrolment.exam_session), _course(sitting, is_over=False))


def absent_at(sitting: Sitting) -> datetime:
    """Return the last instant at which somebody who has not arrived yet is not absent."""
    return instants.absent_at(window_of(sitting.enrolment.exam_session), _course(sitting, is_over=False))


def earliest_hand_in_minutes(sitting: Sitting, now: datetime) -> int | None:
    """Return how many minutes after the beginning the candidate may hand in, or None when not before the end."""
    window = window_of(sitting.enrolment.exam_session)
    return instants.earliest_hand_in_minutes(window, _course(sitting, is_over=False), now)


def _course(sitting: Sitting, *, is_over: bool) -> Course:
    return Course(
        checked_in_at=sitting.checked_in_at,
        confirmed_at=sitting.identity_confirmed_at,
        opened_at=sitting.entered_at,
        accommodation_seconds=sitting.accommodation_seconds,
        granted_seconds=sitting.extra_seconds,
        credited_seconds=sitting.credited_seconds,
        paused_at=sitting.paused_at,
        paused_seconds=sitting.paused_seconds,
        break_allowance_seconds=sitting.break_allowance_seconds,
        break_used_seconds=sitting.break_used_seconds,
        break_started_at=sitting.break_started_at,
        expected_again_at=sitting.expected_again_at,
        held_at=sitting.held_at,
        held_seconds=sitting.held_seconds,
        has_consent=sitting.hand_in_allowed_at is not None,
        is_over=is_over,
    )


def reset_clock(sitting: Sitting, now: datetime) -> None:
    """Write down when an opened sitting closes: with all of a running break, so that no sweep is early."""
    if sitting.opened_at is None:
        return
    timing = timing_of(sitting, now)
    if timing.break_ends_at is not None and timing.break_ends_at > now:
        timing = timing_of(sitting, timing.break_ends_at)
    sitting.closes_at = timing.closes_at
