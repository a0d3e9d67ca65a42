"""When a room was silent as a whole."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from examsvc.delivery.ledger.crediting import Span
from examsvc.delivery.ledger.silences import after_last_sign, gaps, of_room

NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
Times = list[tuple[float, float]]


def spans(times: Times) -> list[Span]:
    return [Span(NINE + timedelta(seconds=since), NINE + timedelta(seconds=until)) for since, until in times]


@pytest.mark.parametrize(
    ("silent", "present", "explained", "expected"),
    [
        ([[(0, 60)], [(0, 60)]], 4, [], [(0, 60)]),  # half
        ([[(0, 60)], [(0, 60)]], 5, [], []),  # less than half
        ([[(0, 60)]], 1, [], []),  # one alone may have pulled a plug
        ([[(0, 60)], [(10, 70)]], 3, [], [(10, 60)]),  # only while they were silent together
        ([[(0, 60)], [(46, 70)]], 2, [], []),  # shorter than what is noted
        ([[(0, 60)], [(45, 70)]], 2, [], [(45, 60)]),
        ([[(0, 20), (40, 60)], [(0, 60)]], 2, [], [(0, 20), (40, 60)]),
        ([[(0, 60)], [(0, 30)], [(30, 60)]], 4, [], [(0, 60)]),  # one comes back while another goes
        ([[(0, 60)], [(0, 60)]], 2, [(0, 50)], []),  # the service was down meanwhile
        ([[(0, 60)], [(0, 60)]], 2, [(0, 40)], [(40, 60)]),
    ],
)
def test_half_of_a_room_makes_a_silent_room(
    silent: list[Times], present: int, explained: Times, expected: Times
) -> None:
    there = dict.fromkeys(UUID(int=number) for number in range(present))
    assert of_room(silences_of(silent), present=there, explained=spans(explained)) == spans(expected)


@pytest.mark.parametrize(
    ("silent", "finished", "expected"),
    [
        ([[(0, 60)], [(0, 60)]], [None, None, -1, -1, -1], [(0, 60)]),  # both who are left
        ([[(0, 60)], [(0, 60)]], [None, None, None, 40, 30], [(30, 60)]),  # of five, then of four, then of three
        ([[(0, 60)], [(0, 60)]], [None, 40], [(0, 40)]),  # one who is left alone may have pulled a plug
        ([[(-90, 60)], [(0, 60)]], [-30, None, None], []),  # who has finished is not silent
        ([[(0, 60)]], [None, -1, -1, -1], []),
    ],
)
def test_who_has_finished_is_not_of_the_room_any_more(
    silent: list[Times], finished: list[float | None], expected: Times
) -> None:
    ends = [None if at is None else NINE + timedelta(seconds=at) for at in finished]
    there = {UUID(int=number): at for number, at in enumerate(ends)}
    assert of_room(silences_of(silent), present=there) == spans(expected)


def silences_of(silent: list[Times]) -> dict[UUID, list[Span]]:
    return {UUID(int=number): spans(times) for number, times in enumerate(silent)}


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ([], [(0, 300)]),
        ([100], [(0, 100), (100, 300)]),
        ([50, 110, 169, 229, 290], [(50, 110), (169, 229), (229, 290)]),  # a minute, to the second
        ([290, 50, 109], [(109, 290)]),
    ],
)
def test_what_lies_between_two_signs_of_life_is_silence_when_it_lasts(heard: list[float], expected: Times) -> None:
    [around] = spans([(0, 300)])
    instants = [NINE + timedelta(seconds=at) for at in heard]
    assert gaps(around, instants, timedelta(seconds=60)) == spans(expected)


@pytest.mark.parametrize(
    ("heard", "expected"),
    [
        ([], (0, 60)),
        ([25, 5], (25, 60)),  # plain HTTP went on
        ([57, 59], (0, 57)),  # what was written meanwhile comes before the line is back
        ([25, 57], (25, 57)),
        ([50], (0, 50)),
        ([49], (49, 60)),
    ],
)
def test_a_silence_is_what_follows_the_last_sign_before_the_return(
    heard: list[float], expected: tuple[float, float]
) -> None:
    [silence], [left] = spans([(0, 60)]), spans([expected])
    assert after_last_sign(silence, [NINE + timedelta(seconds=at) for at in heard]) == left
