"""A plan and its pool prepared for filling many forms: cells by item, groups of one, sets that come together."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from questionbank.assembly.model import AllOrNone, Cell, Enemy, Exclude, Include, PerStimulus, Plan
from questionbank.assembly.pool import PoolItem
from questionbank.assembly.rows import groups, stimuli


@dataclass(frozen=True)
class Companions:
    """The places that come with a place: `least` of them when it is the first of its set, `most` in all."""

    places: tuple[int, ...]
    least: int
    most: int


class Quotas:
    """A plan and a pool in the order of draws, prepared once for many forms."""

    def __init__(self, plan: Plan, pool: Sequence[PoolItem]) -> None:
        self.counts = [cell.count for cell in plan.cells]
        self.places = {item.version_id: place for place, item in enumerate(pool)}
        self.fits = _fits(plan.cells, pool)
        self.groups = self._groups(plan, pool)
        self.sets = self._sets(plan, pool)
        self.included = sorted(
            self.places[item]
            for rule in plan.rules
            if isinstance(rule, Include)
            for item in rule.items & set(self.places)
        )
        excluded = {item for rule in plan.rules if isinstance(rule, Exclude) for item in rule.items}
        self.out = frozenset(self.places[item] for item in excluded & set(self.places))

    def _groups(self, plan: Plan, pool: Sequence[PoolItem]) -> list[tuple[int, ...]]:
        found = list(groups(pool, self.places))
        found += [
            tuple(self.places[item] for item in rule.items & set(self.places))
            for rule in plan.rules
            if isinstance(rule, Enemy)
        ]
        by_place = defaultdict(list)
        for number, group in enumerate(found):
            for place in group:
                by_place[place].append(number)
        return [tuple(by_place[place]) for place in range(len(pool))]

    def _sets(self, plan: Plan, pool: Sequence[PoolItem]) -> list[tuple[Companions, ...]]:
        """Return the sets that each place belongs to."""
        found = [_whole(rule, self.places) for rule in plan.rules if isinstance(rule, AllOrNone)]
        for rule in plan.rules:
            if isinstance(rule, PerStimulus):
                found += [
                    Companions(tuple(places), rule.lower, len(places) if rule.upper is None else rule.upper)
                    for places in stimuli(pool).values()
                ]
        by_place = defaultdict(list)
        for companions in found:
            for place in companions.places:
                by_place[place].append(companions)
        return [tuple(by_place[place]) for place in range(len(pool))]


def _fits(cells: Sequence[Cell], pool: Sequence[PoolItem]) -> list[tuple[int, ...]]:
    """Return the cells that each item fits, those with the fewest items first."""
    supply = [cell.where.places(pool) for cell in cells]
    fits: list[list[int]] = [[] for _ in pool]
    for number in sorted(range(len(cells)), key=lambda number: (len(supply[number]), number)):
        for place in supply[number]:
            fits[place].append(number)
    return [tuple(numbers) for numbers in fits]


def _whole(rule: AllOrNone, places: dict[UUID, int]) -> Companions:
    here = tuple(sorted(places[item] for item in rule.items if item in places))
    whole = len(rule.items) if len(here) == len(rule.items) else len(here) + 1  # one is missing: none can come
    return Companions(here, whole, len(here))
