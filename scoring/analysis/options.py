"""Who chose which option of a question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.analysis.classical import outer_weights
from scoring.analysis.matrix import Array, correlation

RARE = 0.02


@dataclass(frozen=True)
class Choice:
    """An option that could be chosen, and whether the key holds it."""

    id: str
    is_key: bool


@dataclass(frozen=True)
class ChoiceFigures:
    """What became of an option; id None stands for those who chose nothing.

    share: of those asked, who chose it; upper, lower: the same among the best and the weakest 27 %.
    item_rest: correlation of choosing it with the score on all other items.
    """

    id: str | None
    is_key: bool
    count: int
    share: float
    upper: float
    lower: float
    item_rest: float | None

    @property
    def is_rare_distractor(self) -> bool:
        """Whether it is a wrong option that fewer than 2 % chose."""
        return self.id is not None and not self.is_key and self.share < RARE


def choice_figures(
    choices: Iterable[Choice], chosen: Sequence[frozenset[str]], levels: Array, rest: Array
) -> list[ChoiceFigures]:
    """Return a line for each option and one for nothing chosen; none where nobody was asked.

    chosen, levels and rest are those of the people asked, in the same order.
    """
    if not chosen:
        return []
    high, low = outer_weights(levels), outer_weights(-levels)

    def figures(option: str | None, picked: Array, *, is_key: bool) -> ChoiceFigures:
        upper, lower = (float(np.average(picked, weights=weights)) for weights in (high, low))
        count = int(picked.sum())
        return ChoiceFigures(option, is_key, count, count / len(chosen), upper, lower, correlation(picked, rest))

    lines = [
        figures(choice.id, np.array([choice.id in ids for ids in chosen], dtype=np.float64), is_key=choice.is_key)
        for choice in choices
    ]
    return [*lines, figures(None, np.array([not ids for ids in chosen], dtype=np.float64), is_key=False)]
