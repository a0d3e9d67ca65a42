"""Why no form can be drawn: the smallest set of cells and rules that cannot hold together."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from questionbank.assembly.model import Cell, Plan, Rule
from questionbank.assembly.pool import PoolItem, in_order
from questionbank.assembly.programme import programme
from questionbank.assembly.rows import STANDING
from questionbank.assembly.solving import minimum, shortfalls, solve
from questionbank.errors import DrawUndecided

MOST_ROUNDS = 24
SLIGHT = 1e-6
Numbers = frozenset[int]
Feasible = Callable[[Numbers], bool]
Missed = Callable[[Numbers], Numbers | None]


@dataclass(frozen=True)
class Loosening:
    """By how much (items, seconds, …) a cell or rule would have to give way for a form to exist."""

    rule: Cell | Rule
    by: float


def conflict(plan: Plan, pool: Sequence[PoolItem]) -> tuple[Cell | Rule, ...]:
    """Return a smallest set of cells and rules without a form, nothing when the plan has one; raises DrawUndecided.

    No part of it can be left out. Where many sets compete, the search for a still smaller one ends after some rounds.
    """
    model = programme(plan, in_order(pool))
    costs = np.zeros(len(model.pool))

    def feasible(rules: Numbers) -> bool:
        return solve(model, costs, np.isin(model.owners, [*rules, STANDING])) is not None

    def missed(kept: Numbers) -> Numbers | None:
        amounts = shortfalls(model, ~np.isin(model.owners, [*kept, STANDING]))
        return None if amounts is None else frozenset(model.owners[amounts > SLIGHT].tolist())

    everything = frozenset(range(len(plan.cells) + len(plan.rules)))
    if feasible(everything):
        return ()
    found = _smallest(everything, _filtered(everything, feasible), missed)
    return tuple(parts_of(plan)[number] for number in sorted(found))


def loosenings(plan: Plan, pool: Sequence[PoolItem]) -> tuple[Loosening, ...]:
    """Return the least that has to give way, all cells and rules counting alike; raises DrawUndecided."""
    model = programme(plan, in_order(pool))
    amounts = shortfalls(model, model.owners != STANDING)
    if amounts is None:  # cannot be: an empty form keeps what stands
        raise DrawUndecided
    totals = Counter[int]()
    for owner, amount in zip(model.owners.tolist(), amounts.tolist(), strict=True):
        totals[owner] += amount
    return tuple(
        Loosening(part, round(totals[number], 6))
        for number, part in enumerate(parts_of(plan))
        if totals[number] > SLIGHT
    )


def parts_of(plan: Plan) -> list[Cell | Rule]:
    """Return the cells and rules as the owners of rows count them."""
    return [*plan.cells, *plan.rules]


def _filtered(rules: Numbers, feasible: Feasible) -> Numbers:
    """Leave out every rule without which it still cannot be done (the deletion filter), in halves first."""
    kept: Numbers = frozenset()
    rest = sorted(rules)
    while rest:
        # The shortest beginning that, with what is kept, cannot be done ends with a rule of the conflict.
        low, high = 0, len(rest)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if feasible(kept | set(rest[:middle])) else (low, middle)
        if low == 0:
            break
        kept |= {rest[low - 1]}
        rest = rest[: low - 1]
    return kept


def _smallest(rules: Numbers, known: Numbers, missed: Missed) -> Numbers:
    """Return a conflict of the fewest rules: a least set that meets every correction and yet cannot be kept."""
    corrections: list[Numbers] = []
    for _ in range(MOST_ROUNDS):
        hitting = _hitting(rules, corrections)
        if len(hitting) >= len(known):
            return known
        correction = missed(hitting)
        if correction is None:
            return hitting
        corrections.append(correction)
    return known


def _hitting(rules: Numbers, corrections: list[Numbers]) -> Numbers:
    if not corrections:
        return frozenset()
    order = sorted(rules)
    matrix = csr_array(np.array([[float(rule in correction) for rule in order] for correction in corrections]))
    costs = np.ones(len(order)) + np.arange(len(order)) / (2 * len(order) ** 2)
    chosen = minimum(costs, matrix, np.ones(len(corrections)), np.full(len(corrections), np.inf))
    return (
        frozenset() if chosen is None else frozenset(rule for rule, taken in zip(order, chosen, strict=True) if taken)
    )
