"""Claiming a sitting behind all that was claimed before: one that comes late, or whose answer was lost, counts once."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

from examsvc.rehearsal.client.browser import Refused

OUTDATED: Final = frozenset({"claim_outdated"})


class Turn:
    """A claim that is made some moment after the start, beside the work; at once for whoever cannot wait."""

    def __init__(self) -> None:
        self._is_now = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @property
    def has_failed(self) -> bool:
        """Whether the claim was refused for good."""
        return self._task is not None and self._task.done() and self._task.exception() is not None

    def take(self, claiming: Callable[[], Awaitable[None]], *, within: float) -> asyncio.Task[None]:
        """Have it made after so many seconds."""
        self._task = asyncio.ensure_future(self._wait(claiming, within))
        return self._task

    async def taken(self, *, now: bool = False) -> None:
        """Return once it was made, or where there is none to wait for; raises what it raised."""
        if now:
            self._is_now.set()
        if self._task:
            await self._task

    async def _wait(self, claiming: Callable[[], Awaitable[None]], seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._is_now.wait()
        await claiming()


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
