"""The times that stand on a sheet, and whether the sitting's clock allows them. Pure.

From `since` on the clock stands until writing begins; then it goes on, whatever that pause came to.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from examsvc.delivery.on_paper.double_entry import Times

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Bounds:
    """What the clock says: `closes_at` is as it stood at `since`, `earliest_hand_in_at` and `now` as they are."""

    since: datetime
    closes_at: datetime
    earliest_hand_in_at: datetime | None
    now: datetime

    def latest(self, began_at: datetime) -> datetime:
        """Return the last lawful instant to hand in for who began then.

        Sheets are written to the minute, so a minute that has begun is whole, but never beyond now.
        """
        ends_at = self.closes_at + max(timedelta(0), began_at - self.since)
        return min(_up(ends_at), self.now)

    def earliest(self, began_at: datetime) -> datetime:
        """Return the first lawful instant to hand in; never later than the last one."""
        wanted = max(began_at, _down(self.earliest_hand_in_at or began_at))
        return min(wanted, max(began_at, self.latest(began_at)))


def is_lawful(times: Times, bounds: Bounds) -> bool:
    """Return whether writing began after the clock stopped, and ended while it went on, not in the future."""
    if times.began_at < _down(bounds.since) or times.began_at > bounds.now:
        return False
    return bounds.earliest(times.began_at) <= times.handed_in_at <= bounds.latest(times.began_at)


def _down(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _up(at: datetime) -> datetime:
    return at if _down(at) == at else _down(at) + MINUTE
