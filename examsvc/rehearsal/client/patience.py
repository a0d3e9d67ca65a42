"""Trying again as a page does: with jitter, ever more slowly, and only what may go well later."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from examsvc.rehearsal.client.browser import Refused, Unreachable

PATIENCE_SECONDS: Final = 120.0
FIRST_SECONDS, LONGEST_SECONDS = 0.8, 15.0
TOO_SOON: Final = frozenset({"not_started"})
T = TypeVar("T")


async def persist(attempt: Callable[[], Awaitable[T]], rng: random.Random) -> T:
    """Return what the attempt returns in the end; raises Refused for what will not change, or when patience is over."""
    loop = asyncio.get_running_loop()
    until, longest = loop.time() + PATIENCE_SECONDS, FIRST_SECONDS
    while True:
        try:
            return await attempt()
        except (Refused, Unreachable) as fault:
            if not _may_go_well(fault) or loop.time() > until:
                raise
        await asyncio.sleep(rng.uniform(longest / 2, longest))
        longest = min(longest * 2, LONGEST_SECONDS)


def _may_go_well(fault: Refused | Unreachable) -> bool:
    return isinstance(fault, Unreachable) or fault.is_transient or fault.code in TOO_SOON
