"""Individual forms: one for each candidate from the same plan, the pool used evenly over all of them."""

from collections.abc import Iterator, Sequence
from uuid import UUID

import numpy as np

from questionbank.assembly.drawing import SEEN, no_form
from questionbank.assembly.filling import Filling
from questionbank.assembly.model import Form, Picked, Plan
from questionbank.assembly.pool import PoolItem, in_order
from questionbank.assembly.programme import Floats, programme
from questionbank.assembly.quotas import Quotas
from questionbank.assembly.repairing import Mending
from questionbank.assembly.solving import generator, solve
from questionbank.errors import ExposureExhausted

ATTEMPTS = 3


class _Drawing:
    """The pool with the uses that the forms drawn so far have made of it."""

    def __init__(self, plan: Plan, pool: tuple[PoolItem, ...], most_uses: int | None) -> None:
        self._plan, self._pool, self._most_uses = plan, pool, most_uses
        self._quotas = Quotas(plan, pool)
        self._mending = Mending(plan, pool, self._quotas)
        self._programme = programme(plan, pool)
        self._uses = np.zeros(len(pool))
        self._earlier = np.array([item.uses for item in pool])
        self._before = np.unique(self._earlier, return_inverse=True)[1].astype(np.float64)

    def form(self, seen: frozenset[UUID], random: np.random.Generator) -> Form | None:
        """Return a form without what the candidate has seen, with some of it where the rest does not do."""
        rank = self._rank(random)
        places = [self._quotas.places[item] for item in seen if item in self._quotas.places]
        unseen = rank.copy()
        unseen[places] = np.inf
        rank[places] += SEEN
        return self._filled(unseen, random) or (self._filled(rank, random) if places else None) or self._solved(rank)

    def _rank(self, random: np.random.Generator) -> Floats:
        """Return the order of use: least used here, then least used before, then by chance."""
        chance = random.random(len(self._pool))
        rank = self._uses + (self._before + chance) / (self._before.max(initial=0) + 1)
        return np.where(self._uses + self._earlier >= (self._most_uses or np.inf), np.inf, rank)

    def _filled(self, rank: Floats, random: np.random.Generator) -> Form | None:
        for _ in range(ATTEMPTS):
            filling = Filling(self._quotas, rank)
            if filling.fill() and self._mending.mend(filling):
                return self._kept([(place, cell) for place, cell in filling.cell_of.items()])
            rank = rank + random.random(len(rank))
        return None

    def _solved(self, rank: Floats) -> Form | None:
        """Return the form of least rank by the programme: where quotas find no way, there may be one."""
        barred = ~np.isfinite(rank)
        costs = np.where(barred, 0, rank)
        model = self._programme
        chosen = solve(model, costs, barred=barred)
        if chosen is None:
            return None
        columns = np.flatnonzero(chosen[: len(model.items)])
        return self._kept([(int(model.items[column]), int(model.cells[column])) for column in columns])

    def _kept(self, taken: list[tuple[int, int]]) -> Form:
        self._uses[[place for place, _ in taken]] += 1
        return tuple(Picked(self._pool[place], cell) for place, cell in sorted(taken))


def individual_forms(
    plan: Plan,
    pool: Sequence[PoolItem],
    seed: str,
    seen: Sequence[frozenset[UUID]],
    most_uses: int | None = None,
) -> Iterator[Form]:
    """Yield a form for each candidate, given by what they have seen before.

    The same arguments give the same forms. Items used least come first, those of a re-sit that were seen before
    last; no item is used more than `most_uses` times, uses of earlier draws included. Raises NoForm,
    ExposureExhausted, DrawUndecided.
    """
    drawing = _Drawing(plan, in_order(pool), most_uses)
    for number, by_candidate in enumerate(seen, start=1):
        form = drawing.form(by_candidate, generator(f"{seed}/{number}"))
        if form is None:
            raise ExposureExhausted(number=number) if number > 1 else no_form(plan, pool)
        yield form
