"""Whole seconds: whatever comes again and again comes at them, so that what rests is woken once for all of it.

To be woken costs a process that rests more than most of what it does then: the processor's caches have forgotten it
(`make bench-waking`).
"""

import time
from typing import Final

SAME: Final = 0.1
"""Of the time between two ticks: whoever is there so shortly before one has woken for it already."""


def until_next(every_seconds: float) -> float:
    """Return the seconds to the next whole multiple of `every_seconds` of this machine's clock, never about none."""
    left = every_seconds - time.time() % every_seconds
    return left if left > every_seconds * SAME else left + every_seconds
