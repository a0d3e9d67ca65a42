"""Which rooms of a site are enough for so many candidates. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from examsvc.delivery.errors import RoomsDoNotSuffice


@dataclass(frozen=True)
class Offer:
    """A room that may be used, with all the seats it has."""

    room_id: UUID
    seats: int


@dataclass(frozen=True)
class Site:
    """The rooms of one 考核点 in the order of their names; its district bureau has recommended it, or not yet (C10)."""

    offers: Sequence[Offer]
    is_recommended: bool = True


@dataclass(frozen=True)
class Need:
    """How many sit among others, how many are granted a separate room, and how many seats a room uses at most."""

    shared: int
    apart: int
    seats_a_room: int

    @property
    def people(self) -> int:
        return self.shared + self.apart


@dataclass(frozen=True)
class Choice:
    """A room with how many of its seats are used; `is_separate`: for one person who is granted a room apart."""

    room_id: UUID
    capacity: int
    is_separate: bool = False


def choose(sites: Iterable[Site], need: Need) -> list[Choice]:
    """Return the rooms of the one site that are used: of a recommended site where one has enough, else of another;
    of several, where the fewest rooms are used, and then the fewest seats stay empty.

    Raises RoomsDoNotSuffice with the least that any site lacks.
    """
    if not need.people:
        return []
    found: list[tuple[tuple[bool, int, int], list[Choice]]] = []
    lacking = [RoomsDoNotSuffice(needed=need.people, missing=need.people, separate=need.apart)]
    for site in sites:
        try:
            choices = choose_at(site.offers, need)
        except RoomsDoNotSuffice as refusal:
            lacking.append(refusal)
        else:
            found.append(((not site.is_recommended, len(choices), sum(one.capacity for one in choices)), choices))
    if not found:
        raise min(lacking, key=lambda refusal: refusal.extra["missing"])
    return min(found, key=lambda one: one[0])[1]


def choose_at(offers: Sequence[Offer], need: Need) -> list[Choice]:
    """Return as few rooms as are enough, in the order in which they are offered, those of one person each last.

    The smallest rooms go to those who sit apart. Raises RoomsDoNotSuffice.
    """
    by_size = sorted(offers, key=lambda offer: offer.seats)
    apart, others = by_size[: need.apart], by_size[need.apart :]
    shared = _fewest(others, need)
    missing_apart = need.apart - len(apart)
    missing = max(0, need.shared - sum(one.capacity for one in shared))
    if missing_apart + missing:
        raise RoomsDoNotSuffice(needed=need.people, missing=missing_apart + missing, separate=missing_apart)
    place = {offer.room_id: number for number, offer in enumerate(offers)}
    chosen = [*shared, *(Choice(offer.room_id, 1, is_separate=True) for offer in apart)]
    return sorted(chosen, key=lambda one: (one.is_separate, place[one.room_id]))


def _fewest(by_size: Sequence[Offer], need: Need) -> list[Choice]:
    """Return rooms that take the most each, and last the smallest for whoever is left; all, if they are too few."""
    free = [Choice(offer.room_id, min(offer.seats, need.seats_a_room)) for offer in by_size]
    chosen: list[Choice] = []
    left = need.shared
    while left > 0 and free:
        wanted = min(left, free[-1].capacity)
        chosen.append(free.pop(next(place for place, one in enumerate(free) if one.capacity >= wanted)))
        left -= chosen[-1].capacity
    return chosen
