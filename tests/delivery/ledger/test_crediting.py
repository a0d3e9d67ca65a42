"""What of an outage a sitting lost."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examsvc.delivery.ledger.crediting import Running, Span, lost, united, whole_seconds, within, without

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
pytestmark = pytest.mark.hypothesis


def span(from_seconds: float, to_seconds: float) -> Span:
    return Span(NINE + timedelta(seconds=from_seconds), NINE + timedelta(seconds=to_seconds))


@pytest.mark.parametrize(
    ("outage", "running", "stops", "credited", "seconds"),
    [
        ((100, 200), (0, 3600), [], [], 100),
        ((100, 200), (150, 3600), [], [], 50),  # opened in the middle of it
        ((100, 200), (0, 150), [], [], 50),  # time was up in the middle of it
        ((100, 200), (0, 100), [], [], 0),  # time was up at its very beginning
        ((100, 200), (200, 3600), [], [], 0),  # opened at its very end
        ((100, 200), (0, 3600), [(50, 300)], [], 0),  # paused all the while
        ((100, 200), (0, 3600), [(120, 130)], [], 90),
        ((100, 200), (0, 3600), [], [(100, 200)], 0),  # given back already
        ((100, 200), (0, 3600), [(90, 120)], [(150, 180)], 50),
        ((100, 200), (0, 3600), [(100, 160)], [(140, 170)], 30),  # both at once counts once
        ((100, 200.001), (0, 3600), [], [], 101),  # a broken second is given back whole
        ((100, 100.001), (0, 3600), [], [], 1),
    ],
)
def test_what_ran_and_was_not_given_back_is_lost(
    outage: tuple[float, float],
    running: tuple[float, float],
    stops: list[tuple[float, float]],
    credited: list[tuple[float, float]],
    seconds: int,
) -> None:
    ran = Running(span(*running), [span(*stop) for stop in stops])
    assert whole_seconds(lost(span(*outage), ran, [span(*before) for before in credited])) == seconds


INSTANTS = st.integers(0, 10_000).map(lambda tenths: NINE + timedelta(milliseconds=100 * tenths))
SPANS = st.builds(Span, INSTANTS, INSTANTS)
MANY = st.lists(SPANS, max_size=6)


@given(SPANS, SPANS, MANY, MANY)
def test_never_more_than_the_outage_lasted_is_given_back(
    outage: Span, running: Span, stops: list[Span], credited: list[Span]
) -> None:
    found = lost(outage, Running(running, stops), credited)
    assert all(outage.from_at <= part.from_at < part.to_at <= outage.to_at for part in found)
    assert whole_seconds(found) <= whole_seconds([outage])


@given(SPANS, SPANS, MANY)
def test_what_was_given_back_is_not_given_back_again(outage: Span, running: Span, stops: list[Span]) -> None:
    first = lost(outage, Running(running, stops))
    assert lost(outage, Running(running, stops), first) == []


@given(st.lists(SPANS, max_size=5), SPANS)
def test_no_second_is_given_back_twice_whatever_the_outages(outages: list[Span], running: Span) -> None:
    credited: list[Span] = []
    total = 0.0
    for outage in outages:
        found = lost(outage, Running(running), credited)
        total += sum((part.to_at - part.from_at).total_seconds() for part in found)
        credited += found
    together = united(within(outages, [running]))
    assert united(credited) == together
    assert total == pytest.approx(sum((part.to_at - part.from_at).total_seconds() for part in together))


@given(MANY, MANY)
def test_a_time_is_what_lies_within_another_and_what_lies_without(spans: list[Span], others: list[Span]) -> None:
    inside, outside = within(spans, others), without(spans, others)
    assert united([*inside, *outside]) == united(spans)
    assert within(inside, outside) == []
