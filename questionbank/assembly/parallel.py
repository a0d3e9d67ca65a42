"""Parallel forms A, B, C…: of one plan, alike in difficulty and information, with a bounded overlap."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import block_array, coo_array, csr_array, eye_array, hstack, kron, vstack

from questionbank.assembly.drawing import no_form, wishes
from questionbank.assembly.model import Attribute, Form, Plan
from questionbank.assembly.pool import PoolItem, in_order
from questionbank.assembly.programme import Floats, Programme, programme
from questionbank.assembly.solving import GOOD, minimum
from questionbank.errors import DrawUndecided, FormsTooUnlike

# How far the forms' sums may lie from that of form A, as a share of it; the first that can be done is taken.
STEPS = (0.01, 0.02, 0.05, 0.1)
MATCHED = (Attribute.LEVEL, Attribute.INFORMATION, Attribute.EXPECTED)


@dataclass(frozen=True)
class Parallel:
    """The forms, and the share of form A's sums within which those of the others lie."""

    forms: tuple[Form, ...]
    apart: float


def parallel_forms(plan: Plan, pool: Sequence[PoolItem], seed: str, count: int, overlap: int = 0) -> Parallel:
    """Return forms of which any two have at most `overlap` items in common.

    An item that two of the forms share counts against all of them, so that of three forms fewer may be shared than
    two by two would allow. Items used less are preferred. The same arguments give the same forms. Raises NoForm,
    DrawUndecided, and FormsTooUnlike also when forms that are alike were not found in the steps allowed.
    """
    one = programme(plan, in_order(pool))
    costs = [one.costs(wishes(one.pool, f"{seed}/{number}")) for number in range(count)]
    linked = _linked(one, count, overlap)
    for apart in STEPS:
        chosen = _found(one, count, apart, np.concatenate([*costs, np.zeros(len(one.pool))]), linked)
        if chosen is not None:
            columns = np.split(chosen[: count * one.width], count)
            return Parallel(tuple(map(one.form, columns)), apart)
    if minimum(costs[0], one.matrix, one.lower, one.upper) is None:
        raise no_form(plan, pool)
    raise FormsTooUnlike(count=count, overlap=overlap)


Rows = tuple[csr_array, Floats, Floats]


def _linked(one: Programme, count: int, overlap: int) -> Rows:
    """Return the forms side by side with a last column for each item that says whether forms may share it."""
    items = len(one.pool)
    shape = (items, one.width)
    by_item = coo_array((np.ones(len(one.items)), (one.items, np.arange(len(one.items)))), shape=shape)
    shared = block_array([[kron(np.ones((1, count)), by_item), -(count - 1) * eye_array(items)]])
    few = hstack([csr_array((1, count * one.width)), csr_array(np.ones((1, items)))])
    apart = hstack([kron(eye_array(count), one.matrix), csr_array((count * len(one.lower), items))])
    lower = np.concatenate([np.tile(one.lower, count), np.full(items, -np.inf), [0]])
    upper = np.concatenate([np.tile(one.upper, count), np.ones(items), [overlap]])
    return vstack([apart, shared, few], format="csr"), lower, upper


def _found(one: Programme, count: int, apart: float, costs: Floats, linked: Rows) -> NDArray[np.bool_] | None:
    matrix, lower, upper = linked
    alike = _alike(one, count, apart)
    zeros = np.zeros(alike.shape[0])
    with suppress(DrawUndecided):
        return minimum(
            costs,
            vstack([matrix, alike], format="csr"),
            np.concatenate([lower, np.full_like(zeros, -np.inf)]),
            np.concatenate([upper, zeros]),
            GOOD,
        )
    return None


def _alike(one: Programme, count: int, apart: float) -> csr_array:
    """Return rows <= 0 that keep every further form's sums within a share of form A's, above and below."""
    width = count * one.width + len(one.pool)
    rows = []
    for attribute in MATCHED:
        sums = one.costs(filled_in(one.pool, attribute))
        for form in range(1, count) if sums.any() else ():
            for sign in (1, -1):
                row = np.zeros(width)
                row[: one.width] = -(sign + apart) * sums
                row[form * one.width : (form + 1) * one.width] = sign * sums
                rows.append(csr_array(row[np.newaxis]))
    return vstack(rows, format="csr") if rows else csr_array((0, width))


def filled_in(pool: Sequence[PoolItem], attribute: Attribute) -> Floats:
    """Return the values; where nobody has measured one, the mean of the measured items of its difficulty or of all.

    Otherwise forms would be alike in how many of their items were measured, and not in what these ask.
    """
    values = np.array([attribute.of(item) for item in pool], dtype=np.float64)
    measured, levels = values > 0, np.array([item.level for item in pool])
    for level in np.unique(levels[~measured]) if measured.any() else ():
        alike = measured & (levels == level)
        values[~measured & (levels == level)] = values[alike if alike.any() else measured].mean()
    return values
