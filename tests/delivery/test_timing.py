from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from examsvc.delivery.states import ClockRule
from examsvc.delivery.timing import Course, Phase, Window, decide

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
COMMON = Window(NINE, NINE + 60 * MINUTE, 60, ClockRule.COMMON, 30, 20, 15)
PERSONAL = Window(NINE, NINE + 120 * MINUTE, 60, ClockRule.PERSONAL, 30, 20, 15)
RUNNING = Course(opened_at=NINE)
LATE = Course(opened_at=NINE + 90 * MINUTE)
ORDER = [Phase.WAITING, Phase.OPEN, Phase.TOO_LATE, Phase.OVER]


@pytest.mark.parametrize(
    ("window", "course", "at", "before", "at_it", "after"),
    [
        pytest.param(COMMON, Course(), NINE, "WAITING", "OPEN", "OPEN", id="the start"),
        pytest.param(COMMON, Course(), NINE + 30 * MINUTE, "OPEN", "OPEN", "TOO_LATE", id="entry by a common clock"),
        pytest.param(COMMON, Course(), NINE + 60 * MINUTE, "TOO_LATE", "TOO_LATE", "OVER", id="absent, common"),
        pytest.param(PERSONAL, Course(), NINE + 120 * MINUTE, "OPEN", "OPEN", "OVER", id="absent, personal"),
        pytest.param(COMMON, RUNNING, NINE + 60 * MINUTE, "OPEN", "OPEN", "OPEN", id="the end begins the grace"),
        pytest.param(COMMON, RUNNING, NINE + 60 * MINUTE + 15 * SECOND, "OPEN", "OPEN", "OVER", id="the grace"),
        pytest.param(PERSONAL, LATE, NINE + 120 * MINUTE + 15 * SECOND, "OPEN", "OPEN", "OVER", id="the window caps"),
        pytest.param(
            COMMON,
            replace(RUNNING, accommodation_seconds=600),
            NINE + 70 * MINUTE + 15 * SECOND,
            "OPEN",
            "OPEN",
            "OVER",
            id="an accommodation",
        ),
        pytest.param(
            COMMON, Course(granted_seconds=300), NINE + 35 * MINUTE, "OPEN", "OPEN", "TOO_LATE", id="a granted entry"
        ),
        pytest.param(
            COMMON,
            Course(accommodation_seconds=300),
            NINE + 30 * MINUTE,
            "OPEN",
            "OPEN",
            "TOO_LATE",
            id="an accommodation is no later entry",
        ),
    ],
)
def test_a_phase_ends_just_after_its_last_instant(
    window: Window, course: Course, at: datetime, before: str, at_it: str, after: str
) -> None:
    found = [decide(window, course, at + step).phase for step in (-SECOND, timedelta(0), SECOND)]
    assert found == [before, at_it, after]


def test_a_common_clock_ends_for_all_at_once_however_late_they_came() -> None:
    for minutes in (0, 1, 29):
        course = Course(opened_at=NINE + minutes * MINUTE)
        assert decide(COMMON, course, NINE + 30 * MINUTE).closes_at == NINE + 60 * MINUTE


def test_a_personal_clock_runs_from_the_opening_and_not_past_the_window() -> None:
    early, late = Course(opened_at=NINE + 10 * MINUTE), Course(opened_at=NINE + 100 * MINUTE)
    assert decide(PERSONAL, early, NINE + 11 * MINUTE).closes_at == NINE + 70 * MINUTE
    assert decide(PERSONAL, late, NINE + 101 * MINUTE).closes_at == NINE + 120 * MINUTE
    assert decide(PERSONAL, Course(), NINE).closes_at is None


def test_an_accommodation_is_added_after_the_cap_of_the_window() -> None:
    course = Course(opened_at=NINE + 100 * MINUTE, accommodation_seconds=600)
    assert decide(PERSONAL, course, NINE + 101 * MINUTE).closes_at == NINE + 130 * MINUTE


def test_the_earliest_hand_in_counts_from_the_start_or_from_the_opening_and_never_past_the_end() -> None:
    assert decide(COMMON, LATE, NINE).earliest_hand_in_at == NINE + 20 * MINUTE
    assert decide(PERSONAL, LATE, NINE).earliest_hand_in_at == NINE + 110 * MINUTE
    short = replace(PERSONAL, earliest_hand_in_minutes=600)
    assert decide(short, LATE, NINE).earliest_hand_in_at == NINE + 120 * MINUTE
    assert decide(PERSONAL, Course(), NINE).earliest_hand_in_at is None


def test_entry_never_closes_after_the_paper() -> None:
    window = replace(COMMON, late_entry_minutes=600)
    assert decide(window, Course(), NINE).entry_closes_at == NINE + 60 * MINUTE


def test_what_is_paused_never_falls_due() -> None:
    paused = replace(RUNNING, paused_at=NINE + 59 * MINUTE)
    timing = decide(COMMON, paused, NINE + 10_000 * MINUTE)
    assert timing.phase == Phase.PAUSED
    assert timing.due_at is None


def test_what_is_over_falls_due_no_more() -> None:
    timing = decide(COMMON, replace(RUNNING, is_over=True), NINE + 10_000 * MINUTE)
    assert (timing.phase, timing.due_at) == (Phase.OVER, None)


def test_what_fell_due_says_the_instant_of_the_end_without_the_grace() -> None:
    assert decide(COMMON, RUNNING, NINE + 900 * MINUTE).due_at == NINE + 60 * MINUTE
    assert decide(COMMON, Course(), NINE + 900 * MINUTE).due_at == NINE + 60 * MINUTE
    assert decide(COMMON, RUNNING, NINE + 60 * MINUTE + 15 * SECOND).due_at is None


def test_a_moved_start_hides_the_paper_of_who_had_opened_it() -> None:
    moved = replace(PERSONAL, starts_at=NINE + 30 * MINUTE)
    assert decide(moved, Course(opened_at=NINE), NINE + 10 * MINUTE).phase == Phase.WAITING


seconds = st.integers(0, 4 * 3600)
instants = st.integers(-3600, 6 * 3600).map(lambda offset: NINE + offset * SECOND)
windows = st.builds(
    Window,
    starts_at=st.just(NINE),
    ends_at=st.integers(60, 180).map(lambda length: NINE + length * MINUTE),
    minutes=st.integers(1, 60),
    clock_rule=st.sampled_from(ClockRule),
    late_entry_minutes=st.integers(0, 90),
    earliest_hand_in_minutes=st.integers(0, 90),
    grace_seconds=st.integers(0, 300),
)
courses = st.builds(
    Course,
    opened_at=st.none() | st.integers(0, 3600).map(lambda offset: NINE + offset * SECOND),
    accommodation_seconds=seconds,
    granted_seconds=seconds,
    paused_seconds=seconds,
)
rule = settings(max_examples=150, deadline=None)


@rule
@given(windows, courses, instants, st.integers(1, 3600))
def test_an_extension_never_shortens_anything(window: Window, course: Course, now: datetime, more: int) -> None:
    before = decide(window, course, now)
    after = decide(window, replace(course, granted_seconds=course.granted_seconds + more), now)
    assert after.entry_closes_at >= before.entry_closes_at
    assert ORDER.index(after.phase) <= ORDER.index(before.phase)
    if before.closes_at and after.closes_at:
        assert after.closes_at - before.closes_at == more * SECOND


@rule
@given(windows, courses, st.integers(0, 7200), st.integers(1, 7200))
def test_a_pause_is_given_back_exactly(window: Window, course: Course, paused_after: int, length: int) -> None:
    assume(course.opened_at is not None)
    paused_at = NINE + paused_after * SECOND
    before = decide(window, course, paused_at)
    resumed = replace(course, paused_seconds=course.paused_seconds + length)
    after = decide(window, resumed, paused_at + length * SECOND)
    assert before.closes_at
    assert after.closes_at
    assert after.closes_at - (paused_at + length * SECOND) == before.closes_at - paused_at
    assert after.phase == before.phase


@rule
@given(windows, courses, instants, instants)
def test_phases_only_go_forward_while_nobody_orders_anything(
    window: Window, course: Course, one: datetime, other: datetime
) -> None:
    first, second = sorted((one, other))
    assert ORDER.index(decide(window, course, first).phase) <= ORDER.index(decide(window, course, second).phase)


@rule
@given(windows, courses, instants)
def test_whatever_falls_due_had_its_end_and_its_grace(window: Window, course: Course, now: datetime) -> None:
    timing = decide(window, course, now)
    if timing.due_at is not None:
        assert timing.due_at < now
    if course.opened_at is not None and timing.accepts_until is not None and now >= window.starts_at:
        assert (timing.due_at is None) == (now <= timing.accepts_until)


@rule
@given(windows, courses, instants, st.fixed_dictionaries({"paused_at": instants}))
def test_a_paused_clock_stands_whatever_the_time(
    window: Window, course: Course, now: datetime, paused: dict[str, Any]
) -> None:
    stopped = replace(course, **paused)
    timing = decide(window, stopped, now)
    assert timing.phase == Phase.PAUSED
    assert timing.closes_at == decide(window, stopped, now + 999 * MINUTE).closes_at
