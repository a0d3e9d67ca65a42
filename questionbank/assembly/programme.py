"""The sparse 0/1 programme of a form: one column for every item in every cell that it fits."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import block_array, coo_array, csr_array

from questionbank.assembly.model import Form, Picked, Plan
from questionbank.assembly.pool import PoolItem
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
    fits = sorted((place, number) for number, cell in enumerate(plan.cells) for place in cell.where.places(pool))
    items, cells = np.array(fits, dtype=np.intp).reshape(-1, 2).T
    columns = np.arange(len(items))
    by_item = _sparse(items, columns, np.ones(len(items)), (len(pool), len(items)))
    by_cell = _sparse(cells, columns, np.ones(len(items)), (len(plan.cells), len(items)))
    several = by_item[np.flatnonzero(np.bincount(items, minlength=len(pool)) > 1)]
    over_items = rows(plan, pool)
    matrix = block_array(
        [[by_cell, None], [several, None], [_coefficients(over_items, len(pool)) @ by_item, _switches(over_items)]],
        format="csr",
    )
    counts, ones = [float(cell.count) for cell in plan.cells], [1.0] * several.shape[0]
    lower = np.array([*counts, *(0.0 for _ in ones), *(row.lower for row in over_items)])
    upper = np.array([*counts, *ones, *(row.upper for row in over_items)])
    owners = [*range(len(plan.cells)), *(STANDING for _ in ones), *(row.owner for row in over_items)]
    return Programme(tuple(pool), matrix, lower, upper, np.array(owners, dtype=np.intp), items, cells)


def _coefficients(over_items: Sequence[Row], width: int) -> csr_array:
    numbers = np.repeat(np.arange(len(over_items)), [len(row.coefficients) for row in over_items])
    places = [place for row in over_items for place in row.coefficients]
    values = [value for row in over_items for value in row.coefficients.values()]
    return _sparse(numbers, places, values, (len(over_items), width))


def _switches(over_items: Sequence[Row]) -> csr_array:
    found = [(number, *row.switch) for number, row in enumerate(over_items) if row.switch]
    columns = {name: column for column, name in enumerate(sorted({name for _, name, _ in found}))}
    numbers, values = [number for number, _, _ in found], [value for _, _, value in found]
    return _sparse(numbers, [columns[name] for _, name, _ in found], values, (len(over_items), len(columns)))


def _sparse(rows_at: ArrayLike, columns_at: ArrayLike, values: ArrayLike, shape: tuple[int, int]) -> csr_array:
    at = np.asarray(rows_at, dtype=np.intp), np.asarray(columns_at, dtype=np.intp)
    return coo_array((np.asarray(values, dtype=np.float64), at), shape=shape).tocsr()
