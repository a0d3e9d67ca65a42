"""Months, working days with make-up days, and deadlines: the vectors of domain.md 1.5."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examsvc.core.calendar import deadlines, published
from examsvc.core.calendar.deadlines import DeadlinePolicy
from examsvc.core.calendar.errors import HolidaysUnknown
from examsvc.core.calendar.months import add_months, add_years
from examsvc.core.calendar.working_days import Calendar, NamedDay, calendar_of

KNOWN = calendar_of((year, published.table(year)) for year in published.years())
DAYS = st.dates(date(2005, 1, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ((2025, 11, 30), 3, (2026, 2, 28)),
        ((2023, 11, 30), 3, (2024, 2, 29)),
        ((2026, 7, 1), 3, (2026, 10, 1)),
        ((2026, 8, 31), 3, (2026, 11, 30)),
        ((2026, 11, 30), 3, (2027, 2, 28)),
        ((2026, 12, 31), 2, (2027, 2, 28)),
        ((2026, 1, 31), 12, (2027, 1, 31)),
        ((2026, 3, 31), -1, (2026, 2, 28)),
    ],
)
def test_e05_months_clamp_at_the_end_of_the_month(
    start: tuple[int, int, int], months: int, expected: tuple[int, int, int]
) -> None:
    assert add_months(date(*start), months) == date(*expected)


@pytest.mark.parametrize(
    ("start", "expected"),
    [((2026, 5, 13), (2029, 5, 13)), ((2024, 2, 29), (2027, 2, 28)), ((2025, 2, 28), (2028, 2, 28))],
)
def test_e07_three_years_later_is_the_same_day(start: tuple[int, int, int], expected: tuple[int, int, int]) -> None:
    assert add_years(date(*start), 3) == date(*expected)


@pytest.mark.parametrize(
    ("posted", "ends", "ends_when_first_counts"),
    [
        ((2025, 9, 26), (2025, 10, 10), (2025, 10, 9)),
        ((2026, 2, 11), (2026, 2, 25), (2026, 2, 24)),
        ((2026, 6, 17), (2026, 6, 25), (2026, 6, 24)),
        ((2026, 9, 24), (2026, 10, 9), (2026, 10, 8)),
        ((2026, 9, 30), (2026, 10, 13), (2026, 10, 12)),
        ((2026, 4, 29), (2026, 5, 9), (2026, 5, 8)),
    ],
)
def test_e06_d11_five_working_days_of_publicity(
    posted: tuple[int, int, int], ends: tuple[int, int, int], ends_when_first_counts: tuple[int, int, int]
) -> None:
    day = date(*posted)
    assert KNOWN.nth_working_day_after(day, 5, first_day_counts=False) == date(*ends)
    assert KNOWN.nth_working_day_after(day, 5, first_day_counts=True) == date(*ends_when_first_counts)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ((2026, 2, 28), True),  # a Saturday that is made up
        ((2026, 2, 14), True),
        ((2026, 2, 20), False),  # the Spring Festival's Friday
        ((2026, 5, 9), True),
        ((2026, 10, 8), True),
        ((2026, 8, 30), False),  # a plain Sunday
        ((2026, 11, 23), True),
    ],
)
def test_e06_make_up_days_work_and_holidays_do_not(day: tuple[int, int, int], works: bool) -> None:
    assert KNOWN.is_working_day(date(*day)) is works


def test_e06_a_year_without_a_table_is_refused_by_its_name_and_never_guessed() -> None:
    assert KNOWN.nth_working_day_after(date(2026, 12, 24), 5, first_day_counts=False) == date(2026, 12, 31)
    with pytest.raises(HolidaysUnknown) as refused:
        KNOWN.nth_working_day_after(date(2026, 12, 25), 5, first_day_counts=False)
    assert refused.value.answer()["code"] == "holidays_unknown"
    assert refused.value.extra == {"year": 2027}
    with pytest.raises(HolidaysUnknown):
        KNOWN.is_working_day(date(2003, 12, 31))


def test_the_package_covers_2004_to_2026() -> None:
    assert published.years() == tuple(range(2004, 2027))


def test_a_table_wins_over_the_one_before_and_reaches_into_the_december_before() -> None:
    own = (2026, [NamedDay(date(2026, 10, 1), "国庆节", is_off=True)])
    corrected = (2026, [NamedDay(date(2026, 10, 8), "国庆节", is_off=True)])
    following = (2027, [NamedDay(date(2026, 12, 31), "元旦", is_off=True)])
    calendar = calendar_of([own, corrected, following])
    assert calendar.is_working_day(date(2026, 10, 1))
    assert not calendar.is_working_day(date(2026, 10, 8))
    assert not calendar.is_working_day(date(2026, 12, 31))
    assert calendar.years == {2026, 2027}


@pytest.mark.parametrize(
    ("start", "policy", "expected"),
    [
        ((2025, 11, 30), DeadlinePolicy.FIXED_DATE, (2026, 2, 28)),
        ((2025, 11, 30), DeadlinePolicy.ROLL_FORWARD, (2026, 2, 28)),  # a Saturday, but a make-up working day
        ((2026, 7, 1), DeadlinePolicy.FIXED_DATE, (2026, 10, 1)),
        ((2026, 7, 1), DeadlinePolicy.ROLL_FORWARD, (2026, 10, 8)),
        ((2026, 5, 30), DeadlinePolicy.ROLL_FORWARD, (2026, 8, 31)),  # a Sunday
    ],
)
def test_e05_d08_the_last_day_of_three_months_rolls_or_not_by_the_policy(
    start: tuple[int, int, int], policy: DeadlinePolicy, expected: tuple[int, int, int]
) -> None:
    assert deadlines.last_day(date(*start), 3, policy, KNOWN) == date(*expected)


def test_e05_a_last_day_in_a_year_without_a_table_is_refused_only_where_it_may_roll() -> None:
    start = date(2026, 11, 25)
    with pytest.raises(HolidaysUnknown):
        deadlines.last_day(start, 3, DeadlinePolicy.ROLL_FORWARD, KNOWN)
    assert deadlines.last_day(start, 3, DeadlinePolicy.FIXED_DATE, KNOWN) == date(2027, 2, 25)


def test_e05_a_day_ends_at_24_00_in_shanghai() -> None:
    assert deadlines.end_of(date(2026, 10, 8)) == datetime(2026, 10, 8, 16, tzinfo=UTC)


@settings(deadline=None, max_examples=60)
@given(DAYS, st.integers(1, 20), st.booleans())
def test_e06_n_working_days_hold_exactly_n_working_days(day: date, n: int, first_counts: bool) -> None:
    last = KNOWN.nth_working_day_after(day, n, first_day_counts=first_counts)
    begin = day if first_counts else day + timedelta(days=1)
    counted = [begin + timedelta(days=i) for i in range((last - begin).days + 1)]
    assert sum(KNOWN.is_working_day(one) for one in counted) == n
    assert KNOWN.is_working_day(last)


@settings(deadline=None, max_examples=60)
@given(DAYS, st.integers(0, 48))
def test_e05_months_keep_their_order_and_never_skip_a_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    assert add_months(day + timedelta(days=1), months) >= later


def test_an_empty_calendar_knows_nothing() -> None:
    with pytest.raises(HolidaysUnknown):
        Calendar(frozenset(), {}).working_day_from(date(2026, 1, 5))
