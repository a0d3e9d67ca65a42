"""Drawing one form, or saying why there is none."""

from collections.abc import Sequence

import numpy as np

from questionbank.assembly.conflicts import conflict
from questionbank.assembly.model import Form, Plan, PoolItem, in_order
from questionbank.assembly.programme import Floats, programme
from questionbank.assembly.solving import generator, solve
from questionbank.assembly.telling import told
from questionbank.errors import NoForm


def one_form(plan: Plan, pool: Sequence[PoolItem], seed: str) -> Form:
    """Return a form that keeps the plan; raises NoForm with the conflict, DrawUndecided.

    The same plan, pool and seed give the same form. Items used less are preferred, then chance decides.
    """
    model = programme(plan, in_order(pool))
    chosen = solve(model, wishes(model.pool, seed))
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
