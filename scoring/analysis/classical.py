"""Difficulty and discrimination of each item, from the classical theory of tests."""

from dataclasses import dataclass

import numpy as np

from scoring.analysis.matrix import Array, Scores, correlation

OUTER = 0.27  # Kelley 1939: the outer groups for which an index of discrimination is steadiest


@dataclass(frozen=True)
class ItemFigures:
    """`asked`: people whose form held the item. None stands for what these people cannot tell.

    difficulty: mean share of the points earned, 0 (nobody) to 1 (everybody): P.
    item_rest: point-biserial correlation with the score on all other items.
    upper_lower: difficulty among the best 27 % less that among the weakest 27 %: D.
    """

    asked: int
    difficulty: float | None
    item_rest: float | None
    upper_lower: float | None


def item_figures(scores: Scores) -> list[ItemFigures]:
    """Return the figures of each item, by column."""
    return [_figures(scores, item) for item in range(len(scores.worth))]


def _figures(scores: Scores, item: int) -> ItemFigures:
    asked = scores.asked[:, item]
    shares, levels = scores.shares[asked, item], scores.levels[asked]
    if not len(shares):
        return ItemFigures(0, None, None, None)
    low, high = outer_weights(-levels), outer_weights(levels)
    discrimination = None
    if len(shares) > 1:
        discrimination = float(np.average(shares, weights=high) - np.average(shares, weights=low))
    rest = correlation(scores.shares[:, item], scores.rest(item))
    return ItemFigures(len(shares), float(shares.mean()), rest, discrimination)


def outer_weights(levels: Array) -> Array:
    """Return how much each person counts among the highest 27 % (at least one person).

    People who are level at the border share its places equally, so that no order of rows decides.
    """
    size = max(1.0, OUTER * len(levels))
    border = np.sort(levels)[::-1][int(np.ceil(size)) - 1]
    above, at = levels > border, levels == border
    return np.where(above, 1.0, np.where(at, (size - above.sum()) / at.sum(), 0.0))
