"""Counts objections and questions about them per network address; an office of many people stands behind one."""

import time

from flask import current_app, request
from limits import RateLimitItem, RateLimitItemPerDay, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import FixedWindowRateLimiter

from examsvc.core.web.edge import settings
from examsvc.registry.publicity.errors import TooManyObjections

OBJECTING: tuple[RateLimitItem, ...] = (RateLimitItemPerHour(10), RateLimitItemPerDay(30))
ASKING: tuple[RateLimitItem, ...] = (RateLimitItemPerMinute(20), RateLimitItemPerHour(100))
_EXTENSION = "registry.publicity.throttle"


def admit(limits: tuple[RateLimitItem, ...], what: str) -> None:
    """Count a request of this address; raises TooManyObjections."""
    limiter, address = _limiter(), request.remote_addr or ""
    for limit in limits:
        if not limiter.hit(limit, what, address):
            resets_at = limiter.get_window_stats(limit, what, address).reset_time
            raise TooManyObjections(retry_after=max(1, int(resets_at - time.time()) + 1))


def _limiter() -> FixedWindowRateLimiter:
    if _EXTENSION not in current_app.extensions:
        url = settings().redis_url
        current_app.extensions[_EXTENSION] = FixedWindowRateLimiter(RedisStorage(url) if url else MemoryStorage())
    found: FixedWindowRateLimiter = current_app.extensions[_EXTENSION]
    return found
