"""Patterns of answers: people who answered alike are reckoned once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.analysis.matrix import Array
from scoring.analysis.maximising import Counts
from scoring.analysis.quadrature import Quadrature


@dataclass(frozen=True)
class Patterns:
    """`right` is 1 where a pattern has the answer right; `people` have each pattern.

    `asked` has one row for each form, 1 where it asks the item; the patterns of a form stand together, and begin at
    its place in `begins`.
    """

    right: Array
    people: Array
    asked: Array
    begins: NDArray[np.intp]

    @classmethod
    def of(cls, table: Array) -> "Patterns":
        """Count the different rows of a table of 1, 0 and NaN; raises ValueError where a column does not vary."""
        coded = np.where(np.isnan(table), -1, np.round(np.nan_to_num(table))).astype(np.int8)
        rows, people = np.unique(coded, axis=0, return_counts=True)
        if not ((rows == 1).any(axis=0) & (rows == 0).any(axis=0)).all():
            raise ValueError("each item needs right and wrong answers")
        asked, form_of = np.unique(rows >= 0, axis=0, return_inverse=True)
        order = np.argsort(form_of.reshape(-1), kind="stable")
        begins = np.searchsorted(form_of.reshape(-1)[order], np.arange(len(asked)))
        return cls((rows[order] == 1).astype(float), people[order].astype(float), asked.astype(float), begins)

    def starting_intercepts(self) -> Array:
        """Return the logits of the items' difficulties."""
        right, asked = self.people @ self.right, self._by_form(self.people) @ self.asked
        starts: Array = np.log(right / (asked - right))
        return starts

    def expectation(self, slopes: Array, intercepts: Array, nodes: Quadrature) -> tuple[float, Counts]:
        """Return the log likelihood, and what is expected of each item.

        The logarithm of a pattern's probability is that of all answers of its form being wrong, plus the logits of
        those that are right; these add up to a line in the ability, so that only forms, not people, meet every node.
        """
        logits = np.outer(slopes, nodes.points) + intercepts[:, None]
        all_wrong = self.asked @ -np.logaddexp(0, logits) + np.log(nodes.weights)
        joint = np.outer(self.right @ slopes, nodes.points) + (self.right @ intercepts)[:, None]
        joint += np.repeat(all_wrong, np.diff(self.begins, append=len(self.right)), axis=0)
        peak = joint.max(axis=1, keepdims=True)
        odds = np.exp(joint - peak)
        whole = odds.sum(axis=1, keepdims=True)
        likelihood = float(self.people @ (np.log(whole) + peak)[:, 0])
        people = odds * (self.people[:, None] / whole)
        ability = self.right.T @ (people @ nodes.points)
        return likelihood, Counts(self.people @ self.right, ability, self.asked.T @ self._by_form(people), nodes.points)

    def _by_form(self, values: Array) -> Array:
        """Return the sums over the patterns of each form."""
        sums: Array = np.add.reduceat(values, self.begins, axis=0)
        return sums
