"""The windows of 140号 三(二), to the second."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from examsvc.core.clock import SHANGHAI
from examsvc.registry import windows
from examsvc.registry.errors import OutOfWindow
from examsvc.registry.windows import MONTHS, WindowKind

SECOND = timedelta(seconds=1)
LAST = {
    2024: {2: 29},
    2026: {2: 28},
    2028: {2: 29},
    2100: {2: 28},
}
EVERY_WINDOW = [
    (kind, year, month, LAST[year].get(month, 30)) for year in LAST for kind in WindowKind for month in MONTHS[kind]
]


def shanghai(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=SHANGHAI)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize(("kind", "year", "month", "last"), EVERY_WINDOW)
def test_e01_e02_e03_every_window_opens_and_closes_to_the_second(
    kind: WindowKind, year: int, month: int, last: int
) -> None:
    opens = shanghai(year, month, 20)
    ends = shanghai(year, month, last) + timedelta(days=1)
    table = [
        (opens - SECOND, False),
        (opens, True),
        (opens + SECOND, True),
        (ends - SECOND, True),
        (ends - timedelta(microseconds=1), True),
        (ends, False),
        (ends + SECOND, False),
    ]
    for instant, is_open in table:
        assert (windows.window_of(kind, instant.astimezone(UTC)) is not None) is is_open, instant


def test_e02_february_closes_on_its_last_day() -> None:
    ends = {year: windows.window(WindowKind.RECOMMENDATION, year, 2).last_on for year in LAST}
    assert ends == {
        2024: date(2024, 2, 29),
        2026: date(2026, 2, 28),
        2028: date(2028, 2, 29),
        2100: date(2100, 2, 28),
    }


@pytest.mark.parametrize(
    ("kind", "day"),
    [
        (WindowKind.RECOMMENDATION, (2026, 5, 31)),
        (WindowKind.RECOMMENDATION, (2026, 8, 31)),
        (WindowKind.ORGANISATION, (2026, 3, 31)),
        (WindowKind.ORGANISATION, (2026, 12, 31)),
    ],
)
def test_e02_e03_the_31st_is_outside(kind: WindowKind, day: tuple[int, int, int]) -> None:
    assert windows.window_of(kind, shanghai(*day, 12)) is None


def test_e01_the_window_of_november_2026_is_open_now() -> None:
    found = windows.window_of(WindowKind.RECOMMENDATION, shanghai(2026, 11, 23, 9))
    assert found is not None
    assert (found.first_on, found.last_on) == (date(2026, 11, 20), date(2026, 11, 30))
    assert found.opens_at == datetime(2026, 11, 19, 16, tzinfo=UTC)
    assert found.closes_at == datetime(2026, 11, 30, 15, 59, 59, 999999, tzinfo=UTC)


def test_e04_every_application_month_follows_a_recommendation_month() -> None:
    assert [month + 1 for month in MONTHS[WindowKind.RECOMMENDATION]] == list(MONTHS[WindowKind.ORGANISATION])
    for one in windows.windows_of_year(WindowKind.RECOMMENDATION, 2026):
        following = windows.next_window(WindowKind.ORGANISATION, one.closes_at)
        assert following.first_on.month == one.first_on.month + 1


def test_e01_outside_the_refusal_names_the_next_window() -> None:
    with pytest.raises(OutOfWindow) as refused:
        windows.open_window(WindowKind.RECOMMENDATION, shanghai(2026, 12, 1))
    assert refused.value.answer()["code"] == "out_of_window"
    assert refused.value.extra == {
        "opens_at": "2027-02-19T16:00:00+00:00",
        "closes_at": "2027-02-28T15:59:59.999999+00:00",
    }


def test_while_a_window_is_open_the_next_one_is_the_one_after_it() -> None:
    at = shanghai(2026, 11, 20)
    assert windows.next_window(WindowKind.RECOMMENDATION, at).first_on == date(2027, 2, 20)
    assert windows.next_window(WindowKind.RECOMMENDATION, at - SECOND).first_on == date(2026, 11, 20)


@settings(deadline=None, max_examples=80)
@given(
    st.integers(0, 75 * 366 * 86_400).map(
        lambda seconds: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    ),
    st.sampled_from(WindowKind),
)
def test_e01_e03_open_means_from_the_20th_to_the_30th_in_shanghai(instant: datetime, kind: WindowKind) -> None:
    day = instant.astimezone(SHANGHAI).date()
    is_open = day.month in MONTHS[kind] and 20 <= day.day <= 30
    assert (windows.window_of(kind, instant) is not None) is is_open
    assert windows.next_window(kind, instant).opens_at > instant
