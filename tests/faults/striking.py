"""What a fault is: it strikes a rehearsal that is under way, and is healed, or heals by itself."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from standing import Standing

from examsvc.rehearsal.client.http import Address
from examsvc.rehearsal.running import Run

BACK_WITHIN_SECONDS = 180.0
"""Generous: on an idle machine it takes seconds, and on one with ten times the work ten times as long."""


@dataclass
class Scene:
    """What a fault may strike: the installation, and the runs of the candidates, some of them apart."""

    standing: Standing
    runs: Sequence[Run]


class Fault:
    """Strikes a scene, lasts so many seconds, and is healed; what is to come back by itself needs no healing."""

    lasts = 0.0
    apart = 3
    """Every so manieth candidate sits apart, over a way of its own."""

    async def strike(self, scene: Scene) -> None:
        raise NotImplementedError

    async def heal(self, scene: Scene) -> None:
        """Let it be: nobody lends a hand."""

    async def after(self, scene: Scene) -> None:
        """Look, once the service is back, at what only this fault could have broken."""

    async def way(self, address: Address) -> Address:
        """Return where those who sit apart find the service."""
        return address

    async def close(self) -> None:
        """End what the fault itself has running."""


class InTurn(Fault):
    """One fault, and when the service is back the other."""

    def __init__(self, first: Fault, then: Fault) -> None:
        self._first, self._then, self.lasts = first, then, then.lasts

    async def strike(self, scene: Scene) -> None:
        await self._first.strike(scene)
        await asyncio.sleep(self._first.lasts)
        await self._first.heal(scene)
        await asyncio.to_thread(scene.standing.wait_until_ready, BACK_WITHIN_SECONDS)
        await self._then.strike(scene)

    async def heal(self, scene: Scene) -> None:
        await self._then.heal(scene)

    async def close(self) -> None:
        await self._first.close()
        await self._then.close()
