"""How far the scores of a sitting would come out the same again."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scoring.analysis.matrix import Array, Scores


@dataclass(frozen=True)
class Reliability:
    """alpha: Cronbach's, which for right/wrong items is KR-20; may be negative; None where it is not defined.

    error: the standard error of measurement, in points.
    """

    alpha: float | None
    error: float | None


def reliability(scores: Scores) -> Reliability:
    """Return alpha and the standard error.

    alpha = k·c / (v + (k − 1)·c), with v the mean variance of the items, c the mean covariance of two items over
    the people who were asked both, and k the mean number of items of a form. Where all were asked everything,
    that is the textbook's k / (k − 1) · (1 − Σ v / variance of the totals), and otherwise its estimate for a form.
    """
    alpha = _alpha(scores)
    if alpha is None:
        return Reliability(None, None)
    deviation = float(scores.totals[scores.reachable > 0].std(ddof=1))
    return Reliability(alpha, deviation * float(np.sqrt(max(0.0, 1.0 - alpha))))


def _alpha(scores: Scores) -> float | None:
    length = float(scores.asked.sum(axis=1).mean()) if len(scores.shares) else 0.0
    covariances, known = _covariances(scores.earned, scores.asked)
    apart = known & ~np.eye(len(known), dtype=bool)
    if length <= 1 or not apart.any():
        return None
    variance, covariance = float(np.diag(covariances)[np.diag(known)].mean()), float(covariances[apart].mean())
    below = variance + (length - 1) * covariance
    return length * covariance / below if below > _NOTHING else None


def _covariances(earned: Array, asked: NDArray[np.bool_]) -> tuple[Array, NDArray[np.bool_]]:
    """Return the covariance of each two items over the people who were asked both, and where there are two such."""
    counted, filled = asked.astype(np.float64), np.nan_to_num(earned)
    both = counted.T @ counted
    known = both > 1
    people = np.where(known, both, 2.0)
    sums = filled.T @ counted
    return (filled.T @ filled - sums * sums.T / people) / (people - 1), known


_NOTHING = 1e-12
