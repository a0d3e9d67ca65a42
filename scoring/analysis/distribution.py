"""How the scores of a sitting are spread."""

from dataclasses import dataclass

import numpy as np

from scoring.analysis.matrix import Scores

BINS = 10


@dataclass(frozen=True)
class Distribution:
    """Scores in percent of what each person's form could earn; `counts` of people in BINS equal bands from 0 to 100.

    A band holds its lower end and not its upper one, but the last holds 100.
    """

    people: int
    counts: list[int]
    mean: float | None = None
    deviation: float | None = None
    least: float | None = None
    median: float | None = None
    most: float | None = None


def distribution(scores: Scores) -> Distribution:
    """Return the spread of the scores; without people, counts of zero and nothing else."""
    levels = scores.levels[scores.reachable > 0] * 100
    bands = np.minimum((np.round(levels, 9) * BINS // 100).astype(int), BINS - 1)
    counts = [int(count) for count in np.bincount(bands, minlength=BINS)]
    if not len(levels):
        return Distribution(0, counts)
    deviation = float(levels.std(ddof=1)) if len(levels) > 1 else None
    least, median, most = (float(value) for value in np.quantile(levels, (0, 0.5, 1)))
    return Distribution(len(levels), counts, float(levels.mean()), deviation, least, median, most)
