"""Who sits where: people over rooms, by chance or in the order of their tickets. Pure."""

import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import repeat
from typing import TypeVar

from examsvc.delivery.errors import TooFewSeats, TooFewSeparateSeats

Who = TypeVar("Who")


class Order(StrEnum):
    """随机编排, or 按准考证号编排."""

    RANDOM = "RANDOM"
    BY_TICKET = "BY_TICKET"


class Spread(StrEnum):
    """FILL: one room after the other is filled. EVEN: all rooms get about as many."""

    FILL = "FILL"
    EVEN = "EVEN"


@dataclass(frozen=True)
class Space:
    """A room with so many seats; `is_separate`: only for people who need a room apart from the others."""

    number: int
    capacity: int
    is_separate: bool = False


@dataclass(frozen=True)
class Seat:
    """A room by its number, and the seat in it; both count from 1."""

    room: int
    seat: int


def in_order(by_ticket: Sequence[Who], order: Order, seed: str) -> list[Who]:
    """Return the people in the order in which they get their seats; the same seed gives the same order."""
    people = list(by_ticket)
    if order == Order.RANDOM:
        random.Random(seed).shuffle(people)  # noqa: S311 (an order that can be repeated, not a secret)
    return people


def seats(
    people: Sequence[Who], spaces: Collection[Space], spread: Spread, separate: Collection[Who] = ()
) -> dict[Who, Seat]:
    """Return everybody's seat: seats go up in each room without a gap, in the order of the people.

    Those in `separate` get seats in separate rooms, and nobody else does. Raises TooFewSeats, TooFewSeparateSeats.
    """
    apart = [one for one in people if one in separate]
    others = [one for one in people if one not in separate]
    separate_spaces = [space for space in spaces if space.is_separate]
    shared_spaces = [space for space in spaces if not space.is_separate]
    _check(len(apart), separate_spaces, TooFewSeparateSeats)
    _check(len(others), shared_spaces, TooFewSeats)
    placed = dict(zip(apart, _filled(separate_spaces, _each(len(apart), separate_spaces, Spread.EVEN)), strict=True))
    return placed | dict(zip(others, _filled(shared_spaces, _each(len(others), shared_spaces, spread)), strict=True))


def _check(needed: int, spaces: Iterable[Space], refusal: type[TooFewSeats | TooFewSeparateSeats]) -> None:
    missing = needed - sum(space.capacity for space in spaces)
    if missing > 0:
        raise refusal(needed=needed, missing=missing)


def _each(needed: int, spaces: Sequence[Space], spread: Spread) -> list[int]:
    """Return how many people each room gets."""
    counts = []
    left = needed
    for space in spaces if spread == Spread.FILL else ():
        counts.append(min(space.capacity, left))
        left -= counts[-1]
    return counts or _levelled(needed, [space.capacity for space in spaces])


def _levelled(needed: int, capacities: Sequence[int]) -> list[int]:
    """Return shares that differ by one at most, except where a room is full; the first rooms get the odd ones."""
    shares = dict.fromkeys(range(len(capacities)), 0)
    while needed:
        free = [place for place, share in shares.items() if share < capacities[place]]
        least = min(shares[place] for place in free)
        for place in [one for one in free if shares[one] == least][:needed]:
            shares[place] += 1
            needed -= 1
    return list(shares.values())


def _filled(spaces: Iterable[Space], counts: Iterable[int]) -> Iterator[Seat]:
    for space, count in zip(spaces, counts, strict=True):
        yield from map(Seat, repeat(space.number), range(1, count + 1))
