"""A bad network between a page and the service: what it does to one request."""

import random
from enum import StrEnum


class Fate(StrEnum):
    """LOST_THERE: the request never arrives; LOST_BACK: it does, and its answer is lost; TWICE: it arrives twice."""

    WELL = "WELL"
    LATE = "LATE"
    LOST_THERE = "LOST_THERE"
    LOST_BACK = "LOST_BACK"
    TWICE = "TWICE"


STORMY = {
    Fate.LATE: 0.10,
    Fate.LOST_THERE: 0.05,
    Fate.LOST_BACK: 0.05,
    Fate.TWICE: 0.05,
}
"""How often each thing happens; the rest goes well."""
LATE_SECONDS = (0.2, 3.0)
LINE_CUT = 0.02
REORDERED = 0.05


class Weather:
    """Fair unless `is_stormy`; the same seed gives the same weather."""

    def __init__(self, rng: random.Random, *, is_stormy: bool) -> None:
        self._rng, self._is_stormy = rng, is_stormy

    def fate(self) -> Fate:
        """Return what happens to the next request."""
        if not self._is_stormy:
            return Fate.WELL
        return self._rng.choices([*STORMY, Fate.WELL], [*STORMY.values(), 1 - sum(STORMY.values())])[0]

    def delay(self) -> float:
        """Return how many seconds something late is late."""
        return self._rng.uniform(*LATE_SECONDS)

    def reorders(self) -> bool:
        """Return whether what is sent now arrives behind what is sent next."""
        return self._is_stormy and self._rng.random() < REORDERED

    def cuts_line(self) -> bool:
        """Return whether the line to the proctors breaks now."""
        return self._is_stormy and self._rng.random() < LINE_CUT
