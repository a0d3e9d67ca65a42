"""Which rooms are enough, as a rule by itself."""

from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from examsvc.delivery.errors import RoomsDoNotSuffice
from examsvc.delivery.rooms import choosing
from examsvc.delivery.rooms.choosing import Choice, Need, Offer, Site


def offers(*seats: int, first: int = 1) -> list[Offer]:
    return [Offer(UUID(int=number), one) for number, one in enumerate(seats, start=first)]


def shown(choices: list[Choice]) -> list[tuple[int, int, bool]]:
    return [(one.room_id.int, one.capacity, one.is_separate) for one in choices]


@pytest.mark.parametrize(
    ("seats", "need", "chosen"),
    [
        ((30, 30), Need(1, 0, 30), [(1, 30, False)]),
        ((40, 20, 30), Need(20, 0, 30), [(2, 20, False)]),  # the smallest that holds all
        ((20, 30, 25), Need(55, 0, 30), [(2, 30, False), (3, 25, False)]),
        ((90, 30, 30), Need(60, 0, 30), [(2, 30, False), (3, 30, False)]),  # the hall stays free for others
        ((90, 30), Need(60, 0, 60), [(1, 60, False)]),
        ((30, 4, 30), Need(31, 1, 30), [(1, 30, False), (3, 30, False), (2, 1, True)]),
        ((4, 6), Need(0, 2, 30), [(1, 1, True), (2, 1, True)]),
        ((), Need(0, 0, 30), []),
    ],
)
def test_as_few_rooms_as_are_enough_are_chosen(
    seats: tuple[int, ...], need: Need, chosen: list[tuple[int, int, bool]]
) -> None:
    assert shown(choosing.choose_at(offers(*seats), need)) == chosen


@pytest.mark.parametrize(
    ("seats", "need", "missing", "separate"),
    [
        ((30, 20), Need(51, 0, 30), 1, 0),
        ((90,), Need(31, 0, 30), 1, 0),  # no more than thirty a room, however many seats it has
        ((30, 20), Need(20, 2, 30), 20, 0),  # both rooms go to who sits apart
        ((30,), Need(0, 3, 30), 2, 2),
        ((), Need(7, 1, 30), 8, 1),
    ],
)
def test_rooms_that_do_not_suffice_are_refused_with_the_places_that_are_missing(
    seats: tuple[int, ...], need: Need, missing: int, separate: int
) -> None:
    with pytest.raises(RoomsDoNotSuffice) as refused:
        choosing.choose([Site(offers(*seats))], need)
    assert refused.value.code == "rooms_do_not_suffice"
    assert refused.value.extra == {"needed": need.people, "missing": missing, "separate": separate}


def test_a_session_is_held_at_one_site_the_one_that_is_recommended_and_needs_the_fewest_rooms() -> None:
    need = Need(40, 0, 30)
    scattered, fitting = Site(offers(15, 15, 15)), Site(offers(25, 15, first=4))
    roomy, unconfirmed = Site(offers(30, 30, first=6)), Site(offers(40, first=8), is_recommended=False)
    assert shown(choosing.choose([scattered, roomy, fitting, unconfirmed], need)) == [(4, 25, False), (5, 15, False)]
    assert shown(choosing.choose([unconfirmed, scattered], need)) == [(1, 15, False), (2, 15, False), (3, 15, False)]
    with pytest.raises(RoomsDoNotSuffice) as refused:
        choosing.choose([Site(offers(10)), Site(offers(30, first=2))], need)
    assert refused.value.extra["missing"] == 10
    assert choosing.choose([], Need(0, 0, 30)) == []


needs = st.builds(Need, st.integers(0, 120), st.integers(0, 4), st.integers(1, 40))
halls = st.lists(st.integers(1, 60), max_size=8).map(lambda seats: offers(*seats))


def missing(rooms: list[Offer], need: Need) -> int:
    try:
        choosing.choose_at(rooms, need)
    except RoomsDoNotSuffice as refusal:
        return int(refusal.extra["missing"])
    return 0


def usable(rooms: list[Offer], need: Need) -> list[int]:
    """Return the places for those who sit among others, room by room, once the smallest went to who sits apart."""
    return sorted(min(seats, need.seats_a_room) for seats in sorted(one.seats for one in rooms)[need.apart :])


@given(halls, needs)
def test_what_is_missing_is_what_the_rooms_lack(rooms: list[Offer], need: Need) -> None:
    apart = max(0, need.apart - len(rooms))
    assert missing(rooms, need) == apart + max(0, need.shared - sum(usable(rooms, need)))


@given(halls, needs)
def test_whatever_is_chosen_seats_everybody_and_no_room_is_too_many(rooms: list[Offer], need: Need) -> None:
    assume(not missing(rooms, need))
    chosen = choosing.choose_at(rooms, need)
    seats = {offer.room_id: offer.seats for offer in rooms}
    assert len({one.room_id for one in chosen}) == len(chosen)
    assert all(one.capacity <= min(seats[one.room_id], need.seats_a_room) for one in chosen)
    assert [one.capacity for one in chosen if one.is_separate] == [1] * need.apart
    shared = [one.capacity for one in chosen if not one.is_separate]
    assert sum(shared) >= need.shared
    largest = usable(rooms, need)[::-1]
    assert not shared or sum(largest[: len(shared) - 1]) < need.shared


@given(halls, needs, st.integers(1, 60))
def test_one_room_more_never_lacks_more_places(rooms: list[Offer], need: Need, seats: int) -> None:
    assert missing([*rooms, Offer(UUID(int=99), seats)], need) <= missing(rooms, need)
