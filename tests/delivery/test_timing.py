from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from examsvc.delivery.instants import earliest_hand_in_minutes
from examsvc.delivery.states import ClockRule
from examsvc.delivery.timing import Course, Phase, Window, decide

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
COMMON = Window(NINE, NINE + 60 * MINUTE, 60, ClockRule.COMMON, 25, 20, 15, 30, 10)
PERSONAL = Window(NINE, NINE + 120 * MINUTE, 60, ClockRule.PERSONAL, 25, 20, 15, 30, 10)
MAKING_UP = replace(COMMON, late_extends_time=True)
RUNNING = Course(opened_at=NINE)
ARRIVED = Course(confirmed_at=NINE + 25 * MINUTE)
ON_BREAK = Course(opened_at=NINE, break_allowance_seconds=600, break_started_at=NINE + 10 * MINUTE)
LATE = Course(opened_at=NINE + 90 * MINUTE)
ORDER = [Phase.WAITING, Phase.OPEN, Phase.TOO_LATE, Phase.OVER]


@pytest.mark.parametrize(
    ("window", "course", "at", "before", "at_it", "after"),
    [
        pytest.param(COMMON, Course(), NINE, "WAITING", "OPEN", "OPEN", id="the start"),
        pytest.param(COMMON, Course(), NINE + 25 * MINUTE, "OPEN", "OPEN", "TOO_LATE", id="entry by a common clock"),
        pytest.param(COMMON, Course(), NINE + 30 * MINUTE, "TOO_LATE", "TOO_LATE", "OVER", id="absent, common"),
        pytest.param(COMMON, ARRIVED, NINE + 60 * MINUTE, "OPEN", "OPEN", "OVER", id="came, and never opened it"),
        pytest.param(
            replace(COMMON, late_entry_minutes=45),
            Course(),
            NINE + 45 * MINUTE,
            "OPEN",
            "OPEN",
            "OVER",
            id="nobody is absent while entry is open",
        ),
        pytest.param(
            replace(COMMON, login_absent_minutes=600),
            Course(),
            NINE + 60 * MINUTE,
            "TOO_LATE",
            "TOO_LATE",
            "OVER",
            id="absent at the end at the latest",
        ),
        pytest.param(
            COMMON,
            Course(confirmed_at=NINE + 25 * MINUTE + SECOND),
            NINE + 30 * MINUTE,
            "TOO_LATE",
            "TOO_LATE",
            "OVER",
            id="confirmed a second too late",
        ),
        pytest.param(
            COMMON,
            Course(checked_in_at=NINE + 25 * MINUTE),
            NINE + 60 * MINUTE,
            "OPEN",
            "OPEN",
            "OVER",
            id="let in at the door in time",
        ),
        pytest.param(
            COMMON,
            Course(checked_in_at=NINE + 25 * MINUTE, confirmed_at=NINE + 40 * MINUTE),
            NINE + 60 * MINUTE,
            "OPEN",
            "OPEN",
            "OVER",
            id="let in in time, at the machine later",
        ),
        pytest.param(
            COMMON,
            Course(checked_in_at=NINE + 25 * MINUTE + SECOND),
            NINE + 30 * MINUTE,
            "TOO_LATE",
            "TOO_LATE",
            "OVER",
            id="let in a second too late",
        ),
        pytest.param(
            MAKING_UP,
            Course(opened_at=NINE + 10 * MINUTE),
            NINE + 70 * MINUTE + 15 * SECOND,
            "OPEN",
            "OPEN",
            "OVER",
            id="who came late makes up for it",
        ),
        pytest.param(
            MAKING_UP,
            Course(confirmed_at=NINE, opened_at=NINE + 50 * MINUTE),
            NINE + 85 * MINUTE + 15 * SECOND,
            "OPEN",
            "OPEN",
            "OVER",
            id="but for no more than entry is open",
        ),
        pytest.param(COMMON, ON_BREAK, NINE + 20 * MINUTE, "ON_BREAK", "ON_BREAK", "OPEN", id="a break runs out"),
        pytest.param(
            COMMON, ON_BREAK, NINE + 70 * MINUTE + 15 * SECOND, "OPEN", "OPEN", "OVER", id="a break moves the end"
        ),
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
            COMMON, Course(granted_seconds=300), NINE + 30 * MINUTE, "OPEN", "OPEN", "TOO_LATE", id="a granted entry"
        ),
        pytest.param(
            COMMON,
            Course(accommodation_seconds=300),
            NINE + 25 * MINUTE,
            "OPEN",
            "OPEN",
            "TOO_LATE",
            id="an accommodation is no later entry",
        ),
        pytest.param(
            COMMON, Course(held_seconds=300), NINE + 30 * MINUTE, "OPEN", "OPEN", "TOO_LATE", id="entry after a pause"
        ),
        pytest.param(
            COMMON, Course(held_seconds=300), NINE + 35 * MINUTE, "TOO_LATE", "TOO_LATE", "OVER", id="absent after one"
        ),
        pytest.param(
            COMMON,
            Course(held_seconds=300, opened_at=NINE + 10 * MINUTE),
            NINE + 65 * MINUTE + 15 * SECOND,
            "OPEN",
            "OPEN",
            "OVER",
            id="who was kept out has the time back",
        ),
        pytest.param(
            COMMON,
            Course(expected_again_at=NINE + 31 * MINUTE),
            NINE + 56 * MINUTE,
            "OPEN",
            "OPEN",
            "TOO_LATE",
            id="expected again: entry as from the start",
        ),
        pytest.param(
            COMMON,
            Course(expected_again_at=NINE + 50 * MINUTE),
            NINE + 60 * MINUTE,
            "OPEN",
            "OPEN",
            "TOO_LATE",
            id="but not after the paper closes",
        ),
        pytest.param(
            COMMON,
            Course(expected_again_at=NINE + 31 * MINUTE),
            NINE + 61 * MINUTE,
            "TOO_LATE",
            "TOO_LATE",
            "OVER",
            id="absent again",
        ),
        pytest.param(
            PERSONAL,
            Course(expected_again_at=NINE + 121 * MINUTE),
            NINE + 151 * MINUTE,
            "TOO_LATE",
            "TOO_LATE",
            "OVER",
            id="expected again after the window: for more time to be given",
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


@pytest.mark.parametrize(
    ("window", "earliest", "course", "minutes"),
    [
        pytest.param(COMMON, 20, Course(), 20, id="common"),
        pytest.param(COMMON, 0, Course(), 0, id="at any time"),
        pytest.param(COMMON, None, Course(), None, id="never early"),
        pytest.param(COMMON, 59, Course(), 59, id="a minute before the end"),
        pytest.param(COMMON, 60, Course(), None, id="not before the end"),
        pytest.param(COMMON, 60, Course(accommodation_seconds=600), 60, id="who has more time has a moment for it"),
        pytest.param(PERSONAL, 60, Course(), None, id="personal, not opened yet"),
        pytest.param(PERSONAL, 20, LATE, 20, id="opened late, and still in time"),
        pytest.param(PERSONAL, 30, LATE, None, id="opened so late that the window ends first"),
    ],
)
def test_an_earliest_hand_in_after_the_end_is_none(
    window: Window, earliest: int | None, course: Course, minutes: int | None
) -> None:
    ruled = replace(window, earliest_hand_in_minutes=earliest)
    assert earliest_hand_in_minutes(ruled, course, NINE) == minutes


@pytest.mark.parametrize(
    ("moved_by", "opened_after", "earliest"),
    [
        pytest.param(60, 0, 80, id="opened before the start was moved"),
        pytest.param(60, 60, 80, id="opened at the new start"),
        pytest.param(60, 70, 90, id="opened after it"),
        pytest.param(0, 0, 20, id="not moved"),
    ],
)
def test_a_moved_start_starts_the_earliest_hand_in_of_a_personal_clock_anew(
    moved_by: int, opened_after: int, earliest: int
) -> None:
    moved = replace(PERSONAL, starts_at=NINE + moved_by * MINUTE, ends_at=NINE + (120 + moved_by) * MINUTE)
    timing = decide(moved, Course(opened_at=NINE + opened_after * MINUTE), NINE)
    assert timing.earliest_hand_in_at == NINE + earliest * MINUTE


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
    assert decide(COMMON, Course(), NINE + 900 * MINUTE).due_at == NINE + 30 * MINUTE
    assert decide(COMMON, ARRIVED, NINE + 900 * MINUTE).due_at == NINE + 60 * MINUTE
    assert decide(COMMON, RUNNING, NINE + 60 * MINUTE + 15 * SECOND).due_at is None


@pytest.mark.parametrize(
    ("window", "has_consent", "at", "before", "at_it", "after"),
    [
        pytest.param(COMMON, False, NINE + 50 * MINUTE, False, False, True, id="the last minutes begin"),
        pytest.param(COMMON, False, NINE + 60 * MINUTE, True, False, False, id="the end needs nobody's consent"),
        pytest.param(COMMON, True, NINE + 50 * MINUTE, False, False, False, id="a proctor consented"),
        pytest.param(
            replace(COMMON, last_minutes_consent=0), False, NINE + 60 * MINUTE, False, False, False, id="not asked for"
        ),
        pytest.param(
            replace(COMMON, last_minutes_consent=90), False, NINE, True, True, True, id="longer than the paper: always"
        ),
    ],
)
def test_in_the_last_minutes_handing_in_needs_consent(
    window: Window, has_consent: bool, at: datetime, before: bool, at_it: bool, after: bool
) -> None:
    course = replace(RUNNING, has_consent=has_consent)
    instants = [at + step for step in (-SECOND, timedelta(0), SECOND)]
    assert [decide(window, course, now).needs_consent(now) for now in instants] == [before, at_it, after]


def test_where_nobody_leaves_early_the_earliest_hand_in_is_the_end() -> None:
    practical = replace(COMMON, earliest_hand_in_minutes=None)
    extended = replace(RUNNING, granted_seconds=300)
    assert decide(practical, extended, NINE).earliest_hand_in_at == NINE + 65 * MINUTE


def test_in_a_break_the_time_left_stands_and_runs_on_when_the_allowance_is_used_up() -> None:
    for minute, left in ((10, 50), (15, 50), (20, 50), (25, 45)):
        now = NINE + minute * MINUTE
        closes_at = decide(COMMON, ON_BREAK, now).closes_at
        assert closes_at is not None
        assert closes_at - now == left * MINUTE
    assert decide(COMMON, ON_BREAK, NINE + 13 * MINUTE).break_left == 7 * MINUTE
    assert decide(COMMON, ON_BREAK, NINE + 30 * MINUTE).break_left == timedelta(0)


def test_who_makes_up_for_coming_late_is_told_the_end_of_opening_it_now() -> None:
    for minute, end in ((-5, 60), (0, 60), (10, 70), (25, 85), (26, 85)):
        assert decide(MAKING_UP, Course(), NINE + minute * MINUTE).closes_at == NINE + end * MINUTE


def test_a_moved_start_gives_a_personal_clock_its_whole_time_from_the_new_one() -> None:
    moved = replace(PERSONAL, starts_at=NINE + 30 * MINUTE, ends_at=NINE + 150 * MINUTE)
    assert decide(moved, Course(opened_at=NINE), NINE).closes_at == NINE + 90 * MINUTE


def test_a_moved_start_hides_the_paper_of_who_had_opened_it() -> None:
    moved = replace(PERSONAL, starts_at=NINE + 30 * MINUTE)
    assert decide(moved, Course(opened_at=NINE), NINE + 10 * MINUTE).phase == Phase.WAITING


def test_who_was_kept_out_by_a_pause_has_the_whole_time_of_a_personal_clock_and_no_more() -> None:
    kept_out = Course(opened_at=NINE + 20 * MINUTE, held_seconds=600)
    assert decide(PERSONAL, kept_out, NINE + 21 * MINUTE).closes_at == NINE + 80 * MINUTE
    assert decide(PERSONAL, replace(LATE, held_seconds=600), NINE).closes_at == NINE + 130 * MINUTE
    assert decide(MAKING_UP, replace(kept_out, opened_at=NINE + 10 * MINUTE), NINE).closes_at == NINE + 70 * MINUTE


@pytest.mark.parametrize("window", [COMMON, PERSONAL, MAKING_UP])
def test_whoever_is_kept_out_by_a_pause_is_neither_late_nor_absent_while_it_lasts(window: Window) -> None:
    for at in (-10, 0, 26, 31, 10_000):
        timing = decide(window, Course(held_at=NINE), NINE + at * MINUTE)
        assert (timing.phase, timing.due_at) == (Phase.PAUSED, None)


seconds = st.integers(0, 4 * 3600)
instants = st.integers(-3600, 6 * 3600).map(lambda offset: NINE + offset * SECOND)
windows = st.builds(
    Window,
    starts_at=st.just(NINE),
    ends_at=st.integers(60, 180).map(lambda length: NINE + length * MINUTE),
    minutes=st.integers(1, 60),
    clock_rule=st.sampled_from(ClockRule),
    late_entry_minutes=st.integers(0, 90),
    earliest_hand_in_minutes=st.none() | st.integers(0, 90),
    grace_seconds=st.integers(0, 300),
    login_absent_minutes=st.integers(0, 90),
    last_minutes_consent=st.integers(0, 30),
    late_extends_time=st.booleans(),
)
courses = st.builds(
    Course,
    opened_at=st.none() | st.integers(0, 3600).map(lambda offset: NINE + offset * SECOND),
    accommodation_seconds=seconds,
    granted_seconds=seconds,
    credited_seconds=seconds,
    paused_seconds=seconds,
    held_seconds=seconds,
    checked_in_at=st.none() | st.integers(-3600, 3600).map(lambda offset: NINE + offset * SECOND),
    confirmed_at=st.none() | st.integers(-3600, 3600).map(lambda offset: NINE + offset * SECOND),
    expected_again_at=st.none() | st.integers(-3600, 3600).map(lambda offset: NINE + offset * SECOND),
    break_allowance_seconds=st.integers(0, 1800),
    break_used_seconds=st.integers(0, 1800),
)
MORE = ["accommodation_seconds", "granted_seconds", "credited_seconds", "paused_seconds", "held_seconds"]
rule = settings(max_examples=150, deadline=None)


@rule
@given(windows, courses, instants, st.integers(1, 3600))
def test_an_extension_never_shortens_anything(window: Window, course: Course, now: datetime, more: int) -> None:
    before = decide(window, course, now)
    after = decide(window, replace(course, granted_seconds=course.granted_seconds + more), now)
    assert after.entry_closes_at >= before.entry_closes_at
    assert ORDER.index(after.phase) <= ORDER.index(before.phase)
    if before.closes_at and after.closes_at and course.opened_at and not window.late_extends_time:
        assert after.closes_at - before.closes_at == more * SECOND
    elif before.closes_at and after.closes_at:  # entry is open for longer too, and so is what is made up for
        assert after.closes_at - before.closes_at >= more * SECOND


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
    assume(course.opened_at is not None)  # only what runs is paused
    stopped = replace(course, **paused)
    timing = decide(window, stopped, now)
    assert timing.phase == Phase.PAUSED
    assert timing.closes_at == decide(window, stopped, now + 999 * MINUTE).closes_at


@rule
@given(windows, courses, instants, st.sampled_from(MORE))
def test_more_time_of_any_kind_never_closes_earlier(window: Window, course: Course, now: datetime, kind: str) -> None:
    before = decide(window, course, now)
    after = decide(window, replace(course, **{kind: getattr(course, kind) + 60}), now)
    assert ORDER.index(after.phase) <= ORDER.index(before.phase)
    assert (after.closes_at or now) >= (before.closes_at or now)
    assert (after.due_at is None) or (before.due_at is not None)


@rule
@given(windows, courses, st.integers(0, 3600), st.integers(0, 7200))
def test_a_break_gives_back_what_it_lasts_and_never_more_than_the_allowance(
    window: Window, course: Course, began: int, lasts: int
) -> None:
    assume(course.opened_at is not None)
    started = NINE + began * SECOND
    calm = decide(window, course, started)
    broken = replace(course, break_started_at=started)
    ended = decide(window, broken, started + lasts * SECOND)
    assert calm.closes_at
    assert ended.closes_at
    left = max(0, course.break_allowance_seconds - course.break_used_seconds)
    assert ended.closes_at - calm.closes_at == min(lasts, left) * SECOND


@rule
@given(windows, courses, instants)
def test_letting_the_late_make_up_for_it_never_takes_time_from_anybody(
    window: Window, course: Course, now: datetime
) -> None:
    strict = decide(replace(window, late_extends_time=False), course, now)
    kind = decide(replace(window, late_extends_time=True), course, now)
    assert (kind.closes_at or now) >= (strict.closes_at or now)
    assert ORDER.index(kind.phase) <= ORDER.index(strict.phase)


@rule
@given(windows, courses, instants)
def test_who_confirmed_in_time_is_never_too_late(window: Window, course: Course, now: datetime) -> None:
    timing = decide(window, replace(course, confirmed_at=NINE), now)
    assert timing.phase != Phase.TOO_LATE
