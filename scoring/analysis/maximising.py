"""The M step: the slopes and intercepts that make the expected counts of right answers likeliest."""

from enum import StrEnum
from typing import NamedTuple

import numpy as np

from scoring.analysis.matrix import Array

NEWTON_STEPS = 3
STEEPEST, FARTHEST = 8.0, 12.0  # where answers part people perfectly, the likelihood has no maximum nearer than this


class Model(StrEnum):
    """ONE: one slope for all items; TWO: each item has its own."""

    ONE = "1pl"
    TWO = "2pl"


class Counts(NamedTuple):
    """What is expected of each item: how many have it right, the sum of their abilities, and how many are asked it.

    `asked` is by item in rows and by node of ability (at `points`) across.
    """

    right: Array
    ability: Array
    asked: Array
    points: Array


def maximised(slopes: Array, intercepts: Array, counts: Counts, model: Model) -> tuple[Array, Array]:
    """Return slopes and intercepts a few Newton steps further up; steps are short and stay within the bounds."""
    for _ in range(NEWTON_STEPS):
        steeper, higher = _newton(slopes, intercepts, counts, model)
        slopes = np.clip(slopes + np.clip(steeper, -1, 1), -STEEPEST, STEEPEST)
        intercepts = np.clip(intercepts + np.clip(higher, -1, 1), -FARTHEST, FARTHEST)
    return slopes, intercepts


def _newton(slopes: Array, intercepts: Array, counts: Counts, model: Model) -> tuple[Array, Array]:
    """Return the Newton step; the intercepts are eliminated first, for one slope may belong to all items."""
    points = counts.points
    chance = 1 / (1 + np.exp(-(np.outer(slopes, points) + intercepts[:, None])))
    expected = counts.asked * chance
    weight = expected * (1 - chance)
    gradient, plain, cross = counts.right - expected.sum(axis=1), weight.sum(axis=1) + _NOTHING, weight @ points
    uphill = counts.ability - expected @ points - cross / plain * gradient
    bend = weight @ points**2 - cross**2 / plain
    if model is Model.ONE:
        uphill, bend = np.full_like(slopes, uphill.sum()), np.full_like(slopes, bend.sum())
    steeper = uphill / (bend + _NOTHING)
    return steeper, (gradient - cross * steeper) / plain


_NOTHING = 1e-10
