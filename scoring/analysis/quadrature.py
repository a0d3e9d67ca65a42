"""Nodes and weights with which to integrate over the ability of people."""

from dataclasses import dataclass

import numpy as np

from scoring.analysis.matrix import Array

NODES = 61  # enough for six digits of the published likelihoods; 21 are not


@dataclass(frozen=True)
class Quadrature:
    """Gauss–Hermite for the standard normal; the weights sum to 1."""

    points: Array
    weights: Array

    @classmethod
    def normal(cls, nodes: int = NODES) -> "Quadrature":
        points, weights = np.polynomial.hermite_e.hermegauss(nodes)
        return cls(points, weights / weights.sum())
