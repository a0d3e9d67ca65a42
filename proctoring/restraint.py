"""How many events a page may report: a page gone wild must not fill the database."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

BURST = 50  # as many as one batch may hold: what waited while a page was off line must fit
REFILL_SECONDS = 2.0


@dataclass
class _Bucket:
    left: float
    at: datetime


class Restraint:
    """Lets through `BURST` events at once, then one every `REFILL_SECONDS`."""

    def __init__(self) -> None:
        self._buckets: dict[UUID, _Bucket] = {}

    def allows(self, sitting_id: UUID, count: int, now: datetime) -> bool:
        """Return whether so many events are let through together; those that are not cost nothing, to come again."""
        bucket = self._buckets.setdefault(sitting_id, _Bucket(BURST, now))
        passed = (now - bucket.at).total_seconds()
        bucket.left, bucket.at = min(BURST, bucket.left + max(0.0, passed) / REFILL_SECONDS), now
        if bucket.left < count:
            return False
        bucket.left -= count
        return True

    def forget_full(self, now: datetime) -> None:
        """Drop the buckets that would be full again."""
        lasts = BURST * REFILL_SECONDS
        full = [key for key, bucket in self._buckets.items() if (now - bucket.at).total_seconds() > lasts]
        for key in full:
            del self._buckets[key]
