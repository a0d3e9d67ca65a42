"""What a rehearsal measures: how long each operation took, when, and what went wrong."""

import time
from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

PERCENTILES = (50, 95, 99)


@dataclass(frozen=True)
class Figures:
    """Of one operation: how many, the percentiles and the longest in milliseconds."""

    count: int
    p50: float
    p95: float
    p99: float
    longest: float


class Measures:
    """Durations by operation, answers by second, failures by operation and reason."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.durations: dict[str, array[float]] = defaultdict(lambda: array("f"))
        self.by_second: dict[str, Counter[int]] = defaultdict(Counter)
        self.slowest_by_second: dict[str, dict[int, float]] = defaultdict(dict)
        self.failures: Counter[tuple[str, str]] = Counter()
        self.hindrances: Counter[tuple[str, str]] = Counter()

    @staticmethod
    def now() -> float:
        """Return an instant to measure from."""
        return time.monotonic()

    def took(self, operation: str, since: float) -> None:
        """Count an operation that went well and began at `since`."""
        self.record(operation, time.monotonic() - since)

    def record(self, operation: str, took: float) -> None:
        """Count an operation that took so many seconds and ended now."""
        second = int(time.monotonic() - self.began)
        self.durations[operation].append(took)
        self.by_second[operation][second] += 1
        slowest = self.slowest_by_second[operation]
        if took > slowest.get(second, 0.0):
            slowest[second] = took

    def failed(self, operation: str, reason: str) -> None:
        """Count a failure."""
        self.failures[operation, reason] += 1

    def hindered(self, operation: str, reason: str) -> None:
        """Count what the simulated network did to an operation, for which the service cannot be blamed."""
        self.hindrances[operation, reason] += 1

    def count(self, operation: str) -> int:
        """Return how often the operation went well."""
        return len(self.durations.get(operation, ()))

    def figures(self, operation: str) -> Figures:
        """Return the operation's figures; zeros when it never happened."""
        values = sorted(self.durations.get(operation, ()))
        if not values:
            return Figures(0, 0.0, 0.0, 0.0, 0.0)
        p50, p95, p99 = (values[len(values) * percent // 100] * 1000 for percent in PERCENTILES)
        return Figures(len(values), p50, p95, p99, values[-1] * 1000)

    def as_value(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {
            "operations": {name: vars(self.figures(name)) for name in sorted(self.durations)},
            "failures": _listed(self.failures),
            "hindrances": _listed(self.hindrances),
        }

    def series(self, operation: str) -> list[tuple[int, int, float]]:
        """Return (second, how many, the slowest in milliseconds) for each second of the rehearsal."""
        counts, slowest = self.by_second[operation], self.slowest_by_second[operation]
        seconds = range(min(counts, default=0), max(counts, default=-1) + 1)
        return [(second, counts[second], slowest.get(second, 0.0) * 1000) for second in seconds]


def _listed(counts: Counter[tuple[str, str]]) -> list[dict[str, Any]]:
    return [
        {"operation": operation, "reason": reason, "count": count}
        for (operation, reason), count in sorted(counts.items())
    ]
