"""Identifiers that sort by the time of their making."""

import secrets
import threading
import time
from uuid import UUID

_STEPS_A_MILLISECOND = 1 << 12
_lock = threading.Lock()
_last = 0


def new_id() -> UUID:
    """Return a UUID version 7 (RFC 9562, 6.2 method 3): milliseconds, 12 bits of their fraction, 62 random bits.

    Of two that one process makes, the later sorts later.
    """
    steps = _later_than_the_last(time.time_ns() * _STEPS_A_MILLISECOND // 1_000_000)
    milliseconds, fraction = divmod(steps, _STEPS_A_MILLISECOND)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | secrets.randbits(62))


def _later_than_the_last(steps: int) -> int:
    global _last  # noqa: PLW0603 (one order for the whole process)
    with _lock:
        _last = max(steps, _last + 1)
        return _last
