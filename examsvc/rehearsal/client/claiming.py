"""Claiming a sitting behind all that was claimed before: one that comes late, or whose answer was lost, counts once."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from examsvc.rehearsal.client.browser import Refused

OUTDATED: Final = frozenset({"claim_outdated"})


async def claim(asking: Callable[[dict[str, int]], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
    """Return what the service answers to the claim that `asking` makes; raises Refused for any other refusal."""
    epoch = 0
    while True:
        try:
            return await asking({"after_epoch": epoch})
        except Refused as refused:
            if refused.code not in OUTDATED:
                raise
            epoch = refused.answer["epoch"]
