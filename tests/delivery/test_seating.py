"""Who sits where, as a rule by itself."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examsvc.delivery.errors import TooFewSeats, TooFewSeparateSeats
from examsvc.delivery.rooms import seating
from examsvc.delivery.rooms.seating import Order, Seat, Space, Spread
from examsvc.delivery.seat_forms import form_of_seat

HALLS = (Space(1, 30), Space(2, 30), Space(3, 12), Space(4, 1, is_separate=True), Space(5, 1, is_separate=True))


def rooms_of(placed: dict[str, Seat]) -> dict[int, int]:
    return dict(Counter(seat.room for seat in placed.values()))


def people(count: int) -> list[str]:
    return [f"{number:05}" for number in range(count)]


@pytest.mark.parametrize(
    ("count", "spread", "shares"),
    [
        (1, Spread.FILL, {1: 1}),
        (30, Spread.FILL, {1: 30}),
        (31, Spread.FILL, {1: 30, 2: 1}),
        (72, Spread.FILL, {1: 30, 2: 30, 3: 12}),
        (1, Spread.EVEN, {1: 1}),
        (31, Spread.EVEN, {1: 11, 2: 10, 3: 10}),
        (40, Spread.EVEN, {1: 14, 2: 14, 3: 12}),
        (72, Spread.EVEN, {1: 30, 2: 30, 3: 12}),
    ],
)
def test_rooms_are_filled_one_after_the_other_or_evenly(count: int, spread: Spread, shares: dict[int, int]) -> None:
    assert rooms_of(seating.seats(people(count), HALLS, spread)) == shares


def test_one_person_more_than_there_are_seats_is_refused_with_what_is_missing() -> None:
    with pytest.raises(TooFewSeats) as refused:
        seating.seats(people(73), HALLS, Spread.FILL)
    assert refused.value.extra == {"needed": 73, "missing": 1}


def test_who_needs_a_separate_room_gets_one_and_nobody_else_does() -> None:
    placed = seating.seats(people(10), HALLS, Spread.FILL, {"00003", "00007"})
    assert {placed["00003"], placed["00007"]} == {Seat(4, 1), Seat(5, 1)}
    assert rooms_of(placed) == {1: 8, 4: 1, 5: 1}
    with pytest.raises(TooFewSeparateSeats) as refused:
        seating.seats(people(10), HALLS, Spread.FILL, {"00001", "00002", "00003"})
    assert refused.value.extra == {"needed": 3, "missing": 1}


def test_without_a_separate_room_nobody_is_put_apart_by_mistake() -> None:
    with pytest.raises(TooFewSeparateSeats):
        seating.seats(people(2), [Space(1, 30)], Spread.EVEN, {"00001"})


def test_the_same_seed_gives_the_same_order_and_another_seed_another() -> None:
    everybody = people(60)
    first = seating.in_order(everybody, Order.RANDOM, "a")
    assert first == seating.in_order(everybody, Order.RANDOM, "a")
    assert first != seating.in_order(everybody, Order.RANDOM, "b")
    assert sorted(first) == everybody
    assert seating.in_order(everybody, Order.BY_TICKET, "a") == everybody


spaces = st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=8).map(
    lambda given_: [Space(number, *facts) for number, facts in enumerate(given_, start=1)]
)


@given(spaces, st.data())
def test_any_plan_gives_everybody_one_seat_of_their_own_without_gaps(halls: list[Space], data: st.DataObject) -> None:
    shared = sum(hall.capacity for hall in halls if not hall.is_separate)
    apart = sum(hall.capacity for hall in halls if hall.is_separate)
    others = [f"o{number}" for number in range(data.draw(st.integers(0, shared)))]
    separate = {f"s{number}" for number in range(data.draw(st.integers(0, apart)))}
    everybody = seating.in_order([*others, *sorted(separate)], data.draw(st.sampled_from(Order)), "seed")
    placed = seating.seats(everybody, halls, data.draw(st.sampled_from(Spread)), separate)
    assert placed.keys() == set(everybody)
    assert len(set(placed.values())) == len(everybody)
    for hall in halls:
        own = {who: seat.seat for who, seat in placed.items() if seat.room == hall.number}
        assert sorted(own.values()) == list(range(1, len(own) + 1))
        assert len(own) <= hall.capacity
        assert all((who in separate) == hall.is_separate for who in own)


@given(st.integers(2, 6), st.integers(2, 40))
def test_neighbours_in_a_room_have_different_parallel_forms(count: int, capacity: int) -> None:
    placed = seating.seats(people(capacity * 2), [Space(1, capacity), Space(2, capacity)], Spread.FILL)
    forms = {(seat.room, seat.seat): form_of_seat(seat.seat, count) for seat in placed.values()}
    assert all(form != forms.get((room, seat + 1)) for (room, seat), form in forms.items())
