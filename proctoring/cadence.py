"""How often a camera is asked for a frame, which frames are kept, and how busy the server says it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

IDLE_MS = 10_000
VISIBLE_MS = 5_000
AFTER_EVENT_MS = 3_000
OPENED_MS = 2_000
AROUND_EVENT = timedelta(seconds=60)
ROUTINE_EVERY = timedelta(seconds=60)
LOOKED_AT_LASTS = timedelta(seconds=10)
BUSY, VERY_BUSY, BUSIEST = 5, 8, 10
WORST_LAG_SECONDS = 2.0


class KeepReason(StrEnum):
    """Why a frame is kept. The order is the order in which load shedding spares them, the last goes first."""

    FLAGGED = "FLAGGED"
    EVENT = "EVENT"
    ROUTINE = "ROUTINE"


@dataclass(frozen=True)
class Attention:
    """Who looks at a camera, and when something was last noticed there."""

    visible_at: datetime | None = None
    opened_at: datetime | None = None
    event_at: datetime | None = None


def next_ms(attention: Attention, *, health: int, now: datetime) -> int:
    """Return after how many milliseconds the next frame is wanted."""
    wanted = IDLE_MS
    if _within(attention.visible_at, LOOKED_AT_LASTS, now):
        wanted = VISIBLE_MS
    if _within(attention.event_at, AROUND_EVENT, now):
        wanted = AFTER_EVENT_MS
    if _within(attention.opened_at, LOOKED_AT_LASTS, now):
        wanted = OPENED_MS
    return round(wanted * _stretch(health))


def keep_reason(
    *, newly_flagged: bool, event_at: datetime | None, kept_at: datetime | None, now: datetime
) -> KeepReason | None:
    """Return why the frame that arrives now is kept, or None when it is only shown."""
    if newly_flagged:
        return KeepReason.FLAGGED
    if _within(event_at, AROUND_EVENT, now):
        return KeepReason.EVENT
    if kept_at is None or now - kept_at >= ROUTINE_EVERY:
        return KeepReason.ROUTINE
    return None


def health(*, queued: int, queue_limit: int, lag_seconds: float) -> int:
    """Return how busy the server is, 0 idle to 10 overloaded: the worse of the full queue and the late clock."""
    fullness = queued / queue_limit
    lateness = lag_seconds / WORST_LAG_SECONDS
    return min(BUSIEST, int(BUSIEST * max(fullness, lateness, 0.0)))


def _stretch(health: int) -> float:
    if health >= VERY_BUSY:
        return 3.0
    return 1.5 if health >= BUSY else 1.0


def _within(at: datetime | None, span: timedelta, now: datetime) -> bool:
    return at is not None and now - at <= span
