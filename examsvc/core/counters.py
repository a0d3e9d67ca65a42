"""Counting against limits: in memory, or in Redis when several processes serve and as long as it answers."""

import logging
import math
import time
from collections.abc import Callable
from typing import TypeVar

from limits import RateLimitItem
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import FixedWindowRateLimiter

log = logging.getLogger(__name__)

ANSWER_SECONDS = 2.0
Answer = TypeVar("Answer")


class Counter:
    """What has happened how often under a key, within a limit's window of time."""

    def __init__(self, redis_url: str | None) -> None:
        self._own = FixedWindowRateLimiter(MemoryStorage())
        self._shared = FixedWindowRateLimiter(_redis(redis_url)) if redis_url else self._own

    def hit(self, limit: RateLimitItem, *key: str) -> bool:
        """Count once more and return whether it is within the limit."""
        return self._ask(lambda limiter: limiter.hit(limit, *key))

    def is_open(self, limit: RateLimitItem, *key: str) -> bool:
        """Return whether once more would be within the limit, counting nothing."""
        return self._ask(lambda limiter: limiter.test(limit, *key))

    def forget(self, limit: RateLimitItem, *key: str) -> None:
        """Begin anew."""
        self._ask(lambda limiter: limiter.clear(limit, *key))

    def seconds_left(self, limit: RateLimitItem, *key: str) -> int:
        """Return after how many seconds the window is over, 1 at least."""
        resets_at = self._ask(lambda limiter: limiter.get_window_stats(limit, *key).reset_time)
        return max(1, math.ceil(resets_at - time.time()))

    def _ask(self, question: Callable[[FixedWindowRateLimiter], Answer]) -> Answer:
        try:
            return question(self._shared)
        except StorageError:
            log.warning("the shared counter does not answer")
            return question(self._own)


def _redis(url: str) -> RedisStorage:
    return RedisStorage(url, wrap_exceptions=True, socket_timeout=ANSWER_SECONDS, socket_connect_timeout=ANSWER_SECONDS)
