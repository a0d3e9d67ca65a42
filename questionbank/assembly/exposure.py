"""How evenly forms use a pool: the usual measures, and the least exposure that a blueprint leaves possible.

n_i is how often item i is used in m forms of L items from a pool of N.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import block_array, coo_array, csr_array

from questionbank.assembly.model import Plan
from questionbank.assembly.pool import PoolItem, in_order
from questionbank.assembly.programme import Floats, programme
from questionbank.assembly.solving import PROVEN, optimum
from questionbank.errors import DrawUndecided

Counts = NDArray[np.int64]
SLIGHT = 1e-6


def rates(uses: Counts, forms: int) -> Floats:
    """Return r_i = n_i / m."""
    return np.asarray(uses / forms)


def unused_share(uses: Counts) -> float:
    """Return the share of the pool that no form uses."""
    return float(np.mean(uses == 0))


def skew(uses: Counts, forms: int) -> float:
    """Return the chi-square Σ (r_i − L/N)² / (L/N) of Chang and Ying (1999), L being the mean length of a form."""
    found = rates(uses, forms)
    even = found.mean()
    return float(((found - even) ** 2).sum() / even)


def mean_overlap(uses: Counts, forms: int) -> float:
    """Return the share of a form that two forms have in common on average: Σ n_i (n_i − 1) / (L m (m − 1))."""
    return float((uses * (uses - 1)).sum() / (uses.sum() * (forms - 1)))


def overlaps(forms: Sequence[frozenset[object]]) -> Counts:
    """Return how many items each two forms have in common; the diagonal holds their lengths."""
    return np.array([[len(one & other) for other in forms] for one in forms], dtype=np.int64)


def least_most_uses(plan: Plan, pool: Sequence[PoolItem], forms: int) -> int:
    """Return a number of uses that the most used item cannot stay below in so many forms; raises DrawUndecided.

    It is the optimum of the linear programme in which the forms are one mean form, rounded up.
    """
    model = programme(plan, in_order(pool))
    count = len(model.items)
    by_item = coo_array((np.ones(count), (model.items, np.arange(count))), shape=(len(model.pool), model.width))
    highest = csr_array(-np.ones((len(model.pool), 1)))
    matrix = block_array([[model.matrix, None], [by_item, highest]], format="csr")
    lower = np.concatenate([model.lower, np.full(len(model.pool), -np.inf)])
    upper = np.concatenate([model.upper, np.zeros(len(model.pool))])
    costs = np.append(np.zeros(model.width), 1.0)
    found = optimum(costs, matrix, lower, upper, whole=0, options=PROVEN)
    if found is None:
        raise DrawUndecided
    return math.ceil(float(found[-1]) * forms - SLIGHT)
