"""Mending a filled form: items are swapped within their cells until every Number and Sum is kept."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

import numpy as np

from questionbank.assembly.filling import Filling
from questionbank.assembly.model import Number, Plan, Sum
from questionbank.assembly.pool import PoolItem
from questionbank.assembly.programme import Floats, Places
from questionbank.assembly.quotas import Quotas
from questionbank.assembly.rows import UNBOUNDED, coefficients
from questionbank.assembly.solving import Flags

MOST_SWAPS = 60
LIKELIEST = 64  # how many swaps, by what they do for the bounds that are missed, are looked at in full
NEAREST = 6  # how many of the least used items of a cell are tried before all of them are
SLIGHT = 1e-9


class Mending:
    """The bounds of a plan over a pool, prepared once for many forms."""

    def __init__(self, plan: Plan, pool: Sequence[PoolItem], quotas: Quotas) -> None:
        rules = [rule for rule in plan.rules if isinstance(rule, Number | Sum)]
        self._adds = np.zeros((len(pool), len(rules)))
        for number, rule in enumerate(rules):
            for place, value in coefficients(rule, pool).items():
                self._adds[place, number] = value
        sizes = np.maximum(np.abs(self._adds).max(axis=0, initial=0), SLIGHT)
        self._adds /= sizes
        self._lower = np.array([rule.lower for rule in rules], dtype=np.float64) / sizes
        self._upper = np.array([UNBOUNDED if rule.upper is None else rule.upper for rule in rules]) / sizes
        bound = set(quotas.included) | quotas.out | {place for place, sets in enumerate(quotas.sets) if sets}
        self._loose = np.array([place not in bound for place in range(len(pool))])
        self._by_cell = _by_cell(quotas, self._loose)

    def mend(self, filling: Filling) -> bool:
        """Swap until all bounds are kept; return whether they are."""
        sums = self._adds[list(filling.cell_of)].sum(axis=0)
        orders: dict[int, list[int]] = {}
        for _ in range(MOST_SWAPS):
            if self._misses(sums) <= SLIGHT:
                return True
            swap = self._best(filling, sums, orders, NEAREST) or self._best(filling, sums, orders, len(filling.rank))
            if swap is None:
                return False
            gone, come = swap
            cell = filling.cell_of[gone]
            filling.drop(gone)
            filling.put(come, cell)
            sums += self._adds[come] - self._adds[gone]
        return False

    def _misses(self, sums: Floats) -> Floats:
        return np.asarray((np.maximum(self._lower - sums, 0) + np.maximum(sums - self._upper, 0)).sum(axis=-1))

    def _best(
        self, filling: Filling, sums: Floats, orders: dict[int, list[int]], nearest: int
    ) -> tuple[int, int] | None:
        """Return the place to drop and the place to take that leave the least missing, None when none helps."""
        gone, come = self._pairs(filling, orders, nearest)
        helps = self._adds @ ((sums < self._lower).astype(np.float64) - (sums > self._upper))
        gains = helps[come] - helps[gone]
        likely = np.argsort(-gains, kind="stable")[: min(LIKELIEST, np.count_nonzero(gains > SLIGHT))]
        gone, come = gone[likely], come[likely]
        left = self._misses(sums + self._adds[come] - self._adds[gone])
        if not len(left) or left.min() >= self._misses(sums) - SLIGHT:
            return None
        ties = np.flatnonzero(left <= left.min() + SLIGHT)
        best = ties[np.argmin(filling.rank[come[ties]] - filling.rank[gone[ties]])]
        return int(gone[best]), int(come[best])

    def _pairs(self, filling: Filling, orders: dict[int, list[int]], nearest: int) -> tuple[Places, Places]:
        """Return what could leave and what could come for it."""
        in_cells = defaultdict(list)
        for place, cell in filling.cell_of.items():
            if self._loose[place]:
                in_cells[cell].append(place)
        gone: list[int] = []
        come: list[int] = []
        for cell, places in in_cells.items():
            if cell not in orders:
                orders[cell] = self._order(filling, cell)
            others = list(islice(filter(filling.could_take, orders[cell]), nearest))
            gone += [place for place in places for _ in others]
            come += others * len(places)
        return np.array(gone, dtype=np.intp), np.array(come, dtype=np.intp)

    def _order(self, filling: Filling, cell: int) -> list[int]:
        fitting = self._by_cell[cell]
        ranks = filling.rank[fitting]
        order: list[int] = fitting[np.argsort(ranks, kind="stable")[: np.count_nonzero(ranks < np.inf)]].tolist()
        return order


def _by_cell(quotas: Quotas, loose: Flags) -> list[Places]:
    found: list[list[int]] = [[] for _ in quotas.counts]
    for place, cells in enumerate(quotas.fits):
        for cell in cells if loose[place] else ():
            found[cell].append(place)
    return [np.array(places, dtype=np.intp) for places in found]
