"""What calibrated questions tell about people at the pass mark (the cut score on the scale of ability)."""

import numpy as np

from scoring.analysis.matrix import Array

FARTHEST, HALVINGS = 6.0, 60


def ability_at(share: float, slopes: Array, difficulties: Array, worth: Array) -> float:
    """Return the ability from which on this share of the points is expected, within −6…6."""
    low, high = -FARTHEST, FARTHEST
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        reached = float(expected(middle, slopes, difficulties) @ worth / worth.sum())
        low, high = (middle, high) if reached < share else (low, middle)
    return (low + high) / 2


def expected(ability: float, slopes: Array, difficulties: Array) -> Array:
    """Return for each question the share of people of this ability who get it right."""
    return np.asarray(1 / (1 + np.exp(-slopes * (ability - difficulties))))


def information(ability: float, slopes: Array, difficulties: Array) -> Array:
    """Return Fisher's information a²·P·(1 − P) of each question at this ability."""
    right = expected(ability, slopes, difficulties)
    return np.asarray(slopes**2 * right * (1 - right))
