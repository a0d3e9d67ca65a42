"""Attempts to log in are counted per account, never per address: a whole exam room stands behind one."""

from limits import RateLimitItemPerMinute

from examsvc.accounts.errors import TooManyAttempts
from examsvc.core.counters import Counter

FAILURES_ALLOWED = RateLimitItemPerMinute(10, 5)


class Throttle:
    """Counts the attempts since the last success."""

    def __init__(self, redis_url: str | None) -> None:
        self._counter = Counter(redis_url)

    def attempt(self, name: str) -> None:
        """Count an attempt before it is judged, so that many at once do not slip through; raises TooManyAttempts."""
        if not self._counter.hit(FAILURES_ALLOWED, name):
            raise TooManyAttempts(retry_after=self._counter.seconds_left(FAILURES_ALLOWED, name))

    def succeeded(self, name: str) -> None:
        """Forget the account's attempts."""
        self._counter.forget(FAILURES_ALLOWED, name)
