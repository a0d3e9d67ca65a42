"""The one clock of the service: aware UTC instants, and civil dates in Asia/Shanghai."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_source: Callable[[], datetime] = lambda: datetime.now(UTC)  # noqa: E731 (a replaceable source, not a function of this module)


def now() -> datetime:
    """Return the present instant, aware, in UTC. Only edges call this; verbs are given `now`."""
    return _source()


def shanghai_date(instant: datetime) -> date:
    """Return the civil date in Shanghai at `instant`."""
    return instant.astimezone(SHANGHAI).date()


@contextmanager
def running(source: Callable[[], datetime]) -> Iterator[None]:
    """Take the time from `source` while the block runs (rehearsals and tests move time with it)."""
    global _source  # noqa: PLW0603 (the process has one clock)
    before, _source = _source, source
    try:
        yield
    finally:
        _source = before


class MovableClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **delta: float) -> datetime:
        """Move by `timedelta(**delta)` and return the new instant."""
        self.at += timedelta(**delta)
        return self.at
