"""The sparse 0/1 programme of a form: one column for every item in every cell that it fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from questionbank.assembly.model import Form, Picked, Plan, PoolItem
from questionbank.assembly.rows import STANDING, Row, rows

Floats = NDArray[np.float64]
Places = NDArray[np.intp]


@dataclass(frozen=True)
class Programme:
    """`lower` <= matrix x columns <= `upper`; column k < len(items) stands for pool[items[k]] in cell cells[k].

    Further columns are switches of stimuli. `owners` names the cell or rule of each row (see `rows.Row`).
    """

    pool: tuple[PoolItem, ...]
    matrix: csr_array
    lower: Floats
    upper: Floats
    owners: Places
    items: Places
    cells: Places

    @property
    def width(self) -> int:
        """How many columns there are, switches among them."""
        return int(self.matrix.shape[1])

    def costs(self, of_items: Floats) -> Floats:
        """Return the objective that gives each column the cost of its item, and a switch none."""
        return np.concatenate([of_items[self.items], np.zeros(self.width - len(self.items))])

    def form(self, chosen: NDArray[np.bool_]) -> Form:
        """Return the form of the columns chosen."""
        columns = np.flatnonzero(chosen[: len(self.items)])
        return tuple(Picked(self.pool[self.items[column]], int(self.cells[column])) for column in columns)


def programme(plan: Plan, pool: Sequence[PoolItem]) -> Programme:
    """Return the programme of the plan over the pool as it stands (`model.in_order`)."""
    fits = [
        (place, number)
        for place, item in enumerate(pool)
        for number, cell in enumerate(plan.cells)
        if cell.where.matches(item)
    ]
    items, cells = np.array(fits, dtype=np.intp).reshape(-1, 2).T
    over_items = rows(plan, pool)
    switches = {name: number for number, name in enumerate(sorted({row.switch[0] for row in over_items if row.switch}))}
    width = len(items) + len(switches)
    build = _Builder(width)
    for number, cell in enumerate(plan.cells):
        build.add(number, np.flatnonzero(cells == number), 1.0, cell.count, cell.count)
    columns = _columns_by_item(items, len(pool))
    for of_item in columns:
        if len(of_item) > 1:
            build.add(STANDING, of_item, 1.0, 0, 1)
    for row in over_items:
        build.add_row(row, columns, len(items), switches)
    return Programme(tuple(pool), *build.parts(), items, cells)


def _columns_by_item(items: Places, count: int) -> list[Places]:
    ends = np.searchsorted(items, np.arange(count + 1))
    return [np.arange(start, end) for start, end in pairwise(ends)]


class _Builder:
    def __init__(self, width: int) -> None:
        self._width = width
        self._columns: list[Places] = []
        self._values: list[Floats] = []
        self._bounds: list[tuple[int, float, float]] = []

    def add(self, owner: int, columns: Places, values: float | Floats, lower: float, upper: float) -> None:
        self._columns.append(columns)
        self._values.append(np.broadcast_to(np.asarray(values, dtype=np.float64), columns.shape))
        self._bounds.append((owner, lower, upper))

    def add_row(self, row: Row, columns: Sequence[Places], switches_from: int, switches: dict[str, int]) -> None:
        parts = [columns[place] for place in row.coefficients]
        values = [np.full(len(part), value) for part, value in zip(parts, row.coefficients.values(), strict=True)]
        if row.switch:
            name, value = row.switch
            parts.append(np.array([switches_from + switches[name]]))
            values.append(np.array([value]))
        self.add(row.owner, _places(parts), _floats(values), row.lower, row.upper)

    def parts(self) -> tuple[csr_array, Floats, Floats, Places]:
        """Return matrix, lower and upper bounds, owners."""
        numbers = np.repeat(np.arange(len(self._columns)), [len(columns) for columns in self._columns])
        shape = (len(self._columns), self._width)
        matrix = coo_array((_floats(self._values), (numbers, _places(self._columns))), shape=shape).tocsr()
        owners, lower, upper = np.array(self._bounds, dtype=np.float64).reshape(-1, 3).T
        return matrix, lower, upper, owners.astype(np.intp)


def _places(parts: Sequence[Places]) -> Places:
    return np.concatenate(parts) if parts else np.empty(0, dtype=np.intp)


def _floats(parts: Sequence[Floats]) -> Floats:
    return np.concatenate(parts) if parts else np.empty(0)
