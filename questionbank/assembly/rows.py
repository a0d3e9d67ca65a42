"""A plan and a pool as rows of a linear programme over the pool's items, each row with its owner."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from questionbank.assembly.model import AllOrNone, Enemy, Exclude, Include, Number, PerStimulus, Plan, Rule, Sum
from questionbank.assembly.pool import PoolItem

UNBOUNDED = float("inf")
STANDING = -1  # the owner of what holds for every form: families and enemies of the pool


@dataclass(frozen=True)
class Row:
    """`lower` <= sum of coefficients x items (+ `switch` coefficient x a 0/1 switch) <= `upper`.

    `owner` counts the plan's cells and then its rules from 0; `switch` is (key, coefficient).
    """

    owner: int
    coefficients: dict[int, float]
    lower: float
    upper: float
    switch: tuple[str, float] | None = None


def rows(plan: Plan, pool: Sequence[PoolItem]) -> list[Row]:
    """Return the rows of all rules; those of the cells stand apart, since an item may fit several."""
    places = {item.version_id: place for place, item in enumerate(pool)}
    found = list(_standing(pool, places))
    for owner, rule in enumerate(plan.rules, start=len(plan.cells)):
        found += _of(rule, owner, pool, places)
    return found


def _standing(pool: Sequence[PoolItem], places: dict[UUID, int]) -> Iterator[Row]:
    for group in groups(pool, places):
        yield Row(STANDING, dict.fromkeys(group, 1.0), 0, 1)


def groups(pool: Sequence[PoolItem], places: dict[UUID, int]) -> Iterator[tuple[int, ...]]:
    """Yield the places of which a form has at most one: families, and pairs of enemies."""
    families = defaultdict(list)
    for place, item in enumerate(pool):
        if item.family is not None:
            families[item.family].append(place)
    yield from (tuple(family) for family in families.values() if len(family) > 1)
    known = set(places)
    pairs = {frozenset((places[item.version_id], places[enemy])) for item in pool for enemy in item.enemies & known}
    yield from sorted(tuple(sorted(pair)) for pair in pairs if len(pair) > 1)


def stimuli(pool: Sequence[PoolItem]) -> dict[str, list[int]]:
    """Return the places of each stimulus's items."""
    found = defaultdict(list)
    for place, item in enumerate(pool):
        if item.stimulus is not None:
            found[item.stimulus].append(place)
    return dict(found)


def _of(rule: Rule, owner: int, pool: Sequence[PoolItem], places: dict[UUID, int]) -> Iterable[Row]:
    match rule:
        case Number():
            yield Row(owner, coefficients(rule, pool), rule.lower, _upper(rule.upper))
        case Sum():
            yield Row(owner, coefficients(rule, pool), rule.lower, _upper(rule.upper))
        case Enemy():
            yield Row(owner, {places[item]: 1.0 for item in rule.items & set(places)}, 0, 1)
        case Include():
            yield from (Row(owner, {places[item]: 1.0} if item in places else {}, 1, 1) for item in sorted(rule.items))
        case Exclude():
            yield from (Row(owner, {places[item]: 1.0}, 0, 0) for item in sorted(rule.items & set(places)))
        case AllOrNone():
            yield from _together(rule, owner, places)
        case PerStimulus():
            yield from _per_stimulus(rule, owner, pool)


def coefficients(rule: Number | Sum, pool: Sequence[PoolItem]) -> dict[int, float]:
    """Return what each matching place adds to the rule's sum."""
    places = rule.where.places(pool)
    if isinstance(rule, Number):
        return dict.fromkeys(places, 1.0)
    return {place: float(rule.attribute.of(pool[place])) for place in places}


def _upper(bound: float | None) -> float:
    return UNBOUNDED if bound is None else bound


def _together(rule: AllOrNone, owner: int, places: dict[UUID, int]) -> Iterator[Row]:
    here = sorted(places[item] for item in rule.items & set(places))
    if len(here) < len(rule.items):  # one is missing, so none can come
        yield from (Row(owner, {place: 1.0}, 0, 0) for place in here)
        return
    yield from (Row(owner, {one: 1.0, other: -1.0}, 0, 0) for one, other in combinations(here, 2) if one == here[0])


def _per_stimulus(rule: PerStimulus, owner: int, pool: Sequence[PoolItem]) -> Iterator[Row]:
    for name, places in sorted(stimuli(pool).items()):
        ones = dict.fromkeys(places, 1.0)
        most = min(_upper(rule.upper), len(places))
        yield Row(owner, ones, -UNBOUNDED, 0, (name, -most))
        yield Row(owner, ones, 0, UNBOUNDED, (name, -float(rule.lower)))
