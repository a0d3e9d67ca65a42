"""Calibration of a sitting's questions on request."""

from enum import StrEnum
from typing import Any

import numpy as np

from scoring.analysis import Model, calibrate
from scoring.analysis.matrix import Array
from scoring.errors import NothingToCalibrate, TooFewToCalibrate
from scoring.sat import Sat

LEAST_PEOPLE, LEAST_ITEMS = 30, 3


class LeftOut(StrEnum):
    """Why a question has no place in a model of right and wrong."""

    PARTIAL_CREDIT = "PARTIAL_CREDIT"
    NO_VARIANCE = "NO_VARIANCE"


def calibration(sat: Sat, model: Model) -> dict[str, Any]:
    """Return the model's estimates by question; raises TooFewToCalibrate, NothingToCalibrate.

    Questions that somebody earned a part of, and those that all answered alike, are left out and named.
    """
    reasons = [_left_out(column) for column in sat.scores.shares.T]
    fit = [place for place, reason in enumerate(reasons) if reason is None]
    people = int(sat.scores.asked[:, fit].any(axis=1).sum())
    if len(sat.people) < LEAST_PEOPLE:
        raise TooFewToCalibrate(least=LEAST_PEOPLE, people=len(sat.people))
    if len(fit) < LEAST_ITEMS:
        raise NothingToCalibrate(least=LEAST_ITEMS, items=len(fit))
    return {
        **_fitted(sat, fit, model),
        "people": people,
        "left_out": [
            {"version_id": version.id, "reason": reason}
            for version, reason in zip(sat.versions, reasons, strict=True)
            if reason is not None
        ],
    }


def _fitted(sat: Sat, fit: list[int], model: Model) -> dict[str, Any]:
    found = calibrate(sat.scores.shares[:, fit], model)
    lines = zip(fit, found.slopes, found.difficulties, strict=True)
    return {
        "model": model,
        "log_likelihood": found.log_likelihood,
        "steps": found.steps,
        "converged": found.converged,
        "is_bounded": found.is_bounded,
        "items": [
            {
                "version_id": sat.versions[place].id,
                "slope": float(slope),
                "difficulty": float(difficulty) if np.isfinite(difficulty) else None,
            }
            for place, slope, difficulty in lines
        ],
    }


def _left_out(shares: Array) -> LeftOut | None:
    seen = set(shares[~np.isnan(shares)].tolist())
    if seen - {0.0, 1.0}:
        return LeftOut.PARTIAL_CREDIT
    return None if len(seen) > 1 else LeftOut.NO_VARIANCE
