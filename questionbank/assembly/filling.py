"""Filling the cells of a form by quota: least used items first, whole sets together, no two of a family."""

from dataclasses import dataclass, field

import numpy as np

from questionbank.assembly.programme import Floats
from questionbank.assembly.quotas import Companions, Quotas


@dataclass
class Filling:
    """A form while it is filled: `cell_of` says which places are taken, for which cell.

    A place of lower `rank` is taken before one of higher rank; one of infinite rank is never taken.
    """

    quotas: Quotas
    rank: Floats
    cell_of: dict[int, int] = field(default_factory=dict)
    need: list[int] = field(default_factory=list)
    met: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.need = list(self.quotas.counts)

    def fill(self) -> bool:
        """Take places until every cell has its number; return whether they all have."""
        order = np.argsort(self.rank, kind="stable")[: np.count_nonzero(self.rank < np.inf)].tolist()
        left, need, fits = sum(self.need), self.need, self.quotas.fits
        for place in (*self.quotas.included, *order):
            if any(need[cell] for cell in fits[place]) and self._is_free(place):
                left -= self._take(place)
                if left == 0:
                    break
        return left == 0 and all(place in self.cell_of for place in self.quotas.included)

    def _take(self, place: int) -> int:
        """Take a place and what must come with it, or nothing; return how many places were taken."""
        taken: list[int] = []
        if self._settle(place, taken):
            return len(taken)
        for one in taken:
            self.drop(one)
        return 0

    def _settle(self, place: int, taken: list[int]) -> bool:
        cell = next((number for number in self.quotas.fits[place] if self.need[number]), None)
        if cell is None or not self.met.isdisjoint(self.quotas.groups[place]):
            return False
        sets = self.quotas.sets[place]
        if any(sum(other in self.cell_of for other in one.places) >= one.most for one in sets):
            return False
        self.put(place, cell)
        taken.append(place)
        return all(self._accompany(one, taken) for one in sets)

    def _accompany(self, one: Companions, taken: list[int]) -> bool:
        short = one.least - sum(place in self.cell_of for place in one.places)
        for place in sorted(one.places, key=self.rank.__getitem__):
            if short > 0 and self._is_free(place) and self._settle(place, taken):
                short = one.least - sum(other in self.cell_of for other in one.places)
        return short <= 0

    def _is_free(self, place: int) -> bool:
        return place not in self.cell_of and place not in self.quotas.out and bool(self.rank[place] < np.inf)

    def could_take(self, place: int) -> bool:
        """Whether the place is not taken and nothing taken excludes it."""
        return place not in self.cell_of and self.met.isdisjoint(self.quotas.groups[place])

    def put(self, place: int, cell: int) -> None:
        self.cell_of[place] = cell
        self.need[cell] -= 1
        self.met.update(self.quotas.groups[place])

    def drop(self, place: int) -> None:
        self.need[self.cell_of.pop(place)] += 1
        self.met.difference_update(self.quotas.groups[place])
