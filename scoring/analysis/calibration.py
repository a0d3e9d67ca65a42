"""Item response models for right/wrong items, by marginal maximum likelihood (Bock & Aitkin 1981)."""

from dataclasses import dataclass

import numpy as np

from scoring.analysis.matrix import Array
from scoring.analysis.maximising import FARTHEST, STEEPEST, Model, maximised
from scoring.analysis.patterns import Patterns
from scoring.analysis.quadrature import Quadrature

STEPS, TOLERANCE = 2000, 1e-7


@dataclass(frozen=True)
class Calibration:
    """P(right) = 1 / (1 + exp(−(slope·θ + intercept))), θ standard normal among the people; difficulty is where P = ½.

    is_bounded: some item ran into the bounds of what is looked for; its values then are no estimates.
    """

    model: Model
    slopes: Array
    intercepts: Array
    log_likelihood: float
    steps: int
    converged: bool
    is_bounded: bool

    @property
    def difficulties(self) -> Array:
        flat = np.abs(self.slopes) < _FLAT
        return np.divide(-self.intercepts, self.slopes, out=np.full_like(self.slopes, np.nan), where=~flat)


def calibrate(right: Array, model: Model, quadrature: Quadrature | None = None) -> Calibration:
    """Fit the model to a table of 1 (right), 0 (wrong) and NaN (not asked), people in rows.

    Raises ValueError where an item does not vary: all right or all wrong has no estimate.
    """
    patterns, nodes = Patterns.of(right), quadrature or Quadrature.normal()
    slopes, intercepts = np.ones(right.shape[1]), patterns.starting_intercepts()
    likelihood, converged, step = -np.inf, False, 0
    while not converged and step < STEPS:
        step += 1
        before = likelihood
        likelihood, counts = patterns.expectation(slopes, intercepts, nodes)
        converged = likelihood - before < TOLERANCE
        if not converged:
            slopes, intercepts = maximised(slopes, intercepts, counts, model)
    is_bounded = bool((np.abs(slopes) >= STEEPEST).any() or (np.abs(intercepts) >= FARTHEST).any())
    return Calibration(model, slopes, intercepts, likelihood, step, converged, is_bounded)


_FLAT = 1e-6
