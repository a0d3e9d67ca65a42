"""Drawing one form, or saying why there is none."""

from collections.abc import Sequence
from uuid import UUID

import numpy as np

from questionbank.assembly.conflicts import conflict
from questionbank.assembly.model import Form, Plan
from questionbank.assembly.pool import PoolItem, in_order
from questionbank.assembly.programme import Floats, programme
from questionbank.assembly.solving import generator, solve
from questionbank.assembly.telling import told
from questionbank.errors import NoForm

SEEN = 1e5  # what a seen item costs: more than any other difference between forms


def one_form(plan: Plan, pool: Sequence[PoolItem], seed: str, seen: frozenset[UUID] = frozenset()) -> Form:
    """Return a form that keeps the plan; raises NoForm with the conflict, DrawUndecided.

    The same plan, pool, seed and seen items give the same form. Nothing seen comes back while the rest does; then
    items used less are preferred, and chance decides.
    """
    model = programme(plan, in_order(pool))
    known = np.array([item.version_id in seen for item in model.pool], dtype=np.bool_)
    costs = wishes(model.pool, seed)
    chosen = solve(model, costs, barred=known)
    if chosen is None and known.any():
        chosen = solve(model, costs + SEEN * known)
    if chosen is None:
        raise no_form(plan, pool)
    return model.form(chosen)


def wishes(pool: Sequence[PoolItem], seed: str) -> Floats:
    """Return a cost for each item: its place among the numbers of uses, and then chance."""
    ranks = np.unique([item.uses for item in pool], return_inverse=True)[1].astype(np.float64)
    return np.asarray(ranks + generator(seed).random(len(pool)))


def no_form(plan: Plan, pool: Sequence[PoolItem]) -> NoForm:
    """Return the refusal that names the smallest set of cells and rules that cannot hold together."""
    found = [told(part) for part in conflict(plan, pool)]
    return NoForm(count=len(found), conflict=found)
