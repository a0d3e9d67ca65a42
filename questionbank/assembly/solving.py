"""Solving a programme with HiGHS so that the same seed gives the same form wherever it runs."""

import hashlib
import warnings
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, diags_array, hstack, vstack

from questionbank.assembly.programme import Floats, Programme
from questionbank.errors import DrawUndecided

# Nodes, not seconds, end a search: a slower machine must not draw another paper.
FIXED = {"parallel": False, "random_seed": 0}
PROVEN = {"node_limit": 20_000, "mip_rel_gap": 0.0, **FIXED}
GOOD = {"node_limit": 500, "mip_rel_gap": 0.1, **FIXED}
NEARLY = {"node_limit": 1, "mip_rel_gap": 0.25, **FIXED}
SOLVED, INFEASIBLE = 0, 2
HALF = 0.5
Flags = NDArray[np.bool_]


def generator(seed: str) -> np.random.Generator:
    """Return the random numbers of a seed, the same on every machine."""
    return np.random.Generator(np.random.PCG64(int.from_bytes(hashlib.sha256(seed.encode()).digest())))


def solve(
    programme: Programme, of_items: Floats, active: Flags | None = None, barred: Flags | None = None
) -> Flags | None:
    """Return the columns of the cheapest form, None when there is none; raises DrawUndecided.

    `of_items` is the cost of each item of the pool; of the rows only the active ones count, no barred item is used.
    """
    costs = programme.costs(of_items)
    chosen = slice(None) if active is None else active
    matrix, lower, upper = programme.matrix[chosen], programme.lower[chosen], programme.upper[chosen]
    if barred is not None and barred.any():
        matrix = vstack([matrix, csr_array(programme.costs(barred.astype(np.float64))[np.newaxis])], format="csr")
        lower, upper = np.append(lower, 0), np.append(upper, 0)
    return minimum(costs, matrix, lower, upper)


def minimum(
    costs: Floats, matrix: csr_array, lower: Floats, upper: Floats, options: dict[str, Any] = PROVEN
) -> Flags | None:
    """Return the 0/1 columns of least cost within the bounds, None when there are none; raises DrawUndecided."""
    if not len(costs):
        return None if np.any((lower > 0) | (upper < 0)) else np.zeros(0, dtype=np.bool_)
    found = optimum(costs, matrix, lower, upper, whole=len(costs), options=options)
    return None if found is None else found > HALF


def shortfalls(programme: Programme, soft: Flags) -> Floats | None:
    """Return by how much each row is missed when the soft rows are missed about as little as can be.

    Every row counts in units of its mean coefficient. None when the rows that are not soft cannot all hold;
    raises DrawUndecided.
    """
    rows, width = programme.matrix.shape
    weights = 1 / _mean_size(programme.matrix)
    elastic = diags_array(np.where(soft, 1.0, 0.0))
    matrix = hstack([programme.matrix, elastic, -elastic], format="csr")
    costs = np.concatenate([np.zeros(width), weights, weights])
    found = optimum(costs, matrix, programme.lower, programme.upper, whole=width, options=NEARLY)
    return None if found is None else np.asarray(found[width : width + rows] + found[width + rows :])


def _mean_size(matrix: csr_array) -> Floats:
    counts = np.maximum(np.diff(matrix.indptr), 1)
    return np.maximum(np.asarray(abs(matrix).sum(axis=1)).ravel() / counts, 1e-9)


def optimum(
    costs: Floats, matrix: csr_array, lower: Floats, upper: Floats, *, whole: int, options: dict[str, Any]
) -> Floats | None:
    """Return the columns of least cost, the first `whole` 0 or 1, the others not negative; None when there are none.

    Raises DrawUndecided.
    """
    is_whole = np.arange(len(costs)) < whole
    with warnings.catch_warnings():
        # scipy tells that it hands options it has no name for to HiGHS as they are: that is what is meant.
        warnings.filterwarnings("ignore", "Unrecognized options detected", RuntimeWarning)
        found = milp(
            costs,
            integrality=is_whole.astype(np.uint8),
            bounds=Bounds(0, np.where(is_whole, 1.0, np.inf)),
            constraints=[LinearConstraint(matrix, lower, upper)] if len(lower) else [],
            options=cast("Any", dict(options)),
        )
    if found.status == INFEASIBLE:
        return None
    if found.x is None or (found.status != SOLVED and options is not NEARLY):
        raise DrawUndecided
    return np.asarray(found.x)
