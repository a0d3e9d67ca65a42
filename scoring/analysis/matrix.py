"""Who earned what: people in rows, items in columns; NaN where a person's form did not hold the item."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Scores:
    """`shares` of each item's points (0..1, NaN: not asked), and what each item is `worth` in points.

    An item that was asked and left unanswered is a share of 0, not NaN.
    """

    shares: Array
    worth: Array

    @classmethod
    def of(cls, rows: Sequence[Sequence[float | None]], worth: Sequence[float]) -> "Scores":
        """Return the scores of rows in which None stands for "not asked"."""
        table = np.array(rows, dtype=np.float64).reshape(len(rows), len(worth))
        return cls(table, np.array(worth, dtype=np.float64))

    @cached_property
    def asked(self) -> NDArray[np.bool_]:
        return ~np.isnan(self.shares)

    @cached_property
    def earned(self) -> Array:
        """Points, NaN where not asked."""
        return self.shares * self.worth

    @cached_property
    def totals(self) -> Array:
        """Each person's points."""
        totals: Array = np.nansum(self.earned, axis=1)
        return totals

    @cached_property
    def reachable(self) -> Array:
        """The most that each person's form could earn."""
        return self.asked.astype(np.float64) @ self.worth

    @cached_property
    def levels(self) -> Array:
        """Each person's share of what the form could earn, NaN for an empty form: comparable across forms."""
        return _divided(self.totals, self.reachable)

    def rest(self, item: int) -> Array:
        """Return each person's share of what the form could earn without this item."""
        own = np.nan_to_num(self.earned[:, item])
        most = self.reachable - self.asked[:, item] * self.worth[item]
        return _divided(self.totals - own, most)


def _divided(above: Array, below: Array) -> Array:
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)


def correlation(one: Array, other: Array) -> float | None:
    """Return Pearson's r over the pairs that are whole; None where fewer than two, or where one does not vary."""
    whole = ~(np.isnan(one) | np.isnan(other))
    if np.count_nonzero(whole) <= 1:
        return None
    left, right = one[whole] - one[whole].mean(), other[whole] - other[whole].mean()
    spread = float(np.sqrt((left @ left) * (right @ right)))
    return float(left @ right) / spread if spread > _NOTHING else None


_NOTHING = 1e-12
