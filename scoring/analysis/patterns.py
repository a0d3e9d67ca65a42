"""Patterns of answers: people who answered alike are reckoned once."""

from dataclasses import dataclass

import numpy as np

from scoring.analysis.matrix import Array
from scoring.analysis.quadrature import Quadrature


@dataclass(frozen=True)
class Patterns:
    """`right` and `wrong` are 1 where a pattern has that answer (both 0: not asked); `people` have each pattern."""

    right: Array
    wrong: Array
    people: Array

    @classmethod
    def of(cls, table: Array) -> "Patterns":
        """Count the different rows of a table of 1, 0 and NaN; raises ValueError where a column does not vary."""
        coded = np.where(np.isnan(table), -1, np.round(np.nan_to_num(table))).astype(np.int8)
        rows, people = np.unique(coded, axis=0, return_counts=True)
        right, wrong = (rows == 1).astype(np.float64), (rows == 0).astype(np.float64)
        if not (right.any(axis=0) & wrong.any(axis=0)).all():
            raise ValueError("each item needs right and wrong answers")
        return cls(right, wrong, people.astype(np.float64))

    def starting_intercepts(self) -> Array:
        """Return the logits of the items' difficulties."""
        starts: Array = np.log((self.people @ self.right) / (self.people @ self.wrong))
        return starts

    def expectation(self, slopes: Array, intercepts: Array, nodes: Quadrature) -> tuple[float, Array, Array]:
        """Return the log likelihood, and how many are expected right, and asked at all, per item and node."""
        logits = np.outer(slopes, nodes.points) + intercepts[:, None]
        joint = self.right @ -np.logaddexp(0, -logits) + self.wrong @ -np.logaddexp(0, logits) + np.log(nodes.weights)
        peak = joint.max(axis=1, keepdims=True)
        odds = np.exp(joint - peak)
        whole = odds.sum(axis=1, keepdims=True)
        likelihood = float(self.people @ (np.log(whole) + peak)[:, 0])
        posterior = odds / whole * self.people[:, None]
        return likelihood, self.right.T @ posterior, (self.right + self.wrong).T @ posterior
