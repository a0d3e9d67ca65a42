"""A network that meddles with the requests that write."""

import asyncio
import json
import random
from collections import Counter
from contextlib import closing, suppress
from enum import StrEnum
from typing import Any

from networks import Between, Reader, Writer, carried
from striking import Scene

from examsvc.rehearsal.client.http import END_OF_HEAD, STATUS


class Fate(StrEnum):
    """What becomes of a request that writes. HELD: its sender is hung up on, and it arrives behind what comes next."""

    WELL = "WELL"
    TWICE = "TWICE"
    HELD = "HELD"
    TRUNCATED = "TRUNCATED"
    REPLAYED = "REPLAYED"


ODDS = {Fate.WELL: 0.5, Fate.TWICE: 0.15, Fate.HELD: 0.1, Fate.TRUNCATED: 0.1, Fate.REPLAYED: 0.15}
WRITES = ("claim", "responses", "hand-in")
HELD_SECONDS, REPLAYED_SECONDS = (0.5, 4.0), (0.0, 2.0)
ANSWERS_WITHIN_SECONDS = 20.0


class Meddling(Between):
    """Every other request of everybody that writes is sent twice, late, in part, or followed by one from before.

    Claims are meddled with from the beginning: when it strikes all have been made, and they are only sent again then.
    `fates` counts what was done to which request, `answers` the status and the code that the service gave to one that
    nobody waited for.
    """

    lasts = 45.0
    apart = 1

    def __init__(self) -> None:
        super().__init__()
        self._rng = random.Random(1)  # noqa: S311 (no secret)
        self._meddles = False
        self._written: list[bytes] = []
        self.fates: Counter[tuple[str, Fate]] = Counter()
        self.answers: Counter[tuple[str, int, str]] = Counter()

    async def strike(self, scene: Scene) -> None:
        self._meddles = True

    async def heal(self, scene: Scene) -> None:
        self._meddles = False

    async def _serve(self, reader: Reader, writer: Writer) -> None:
        onward_reader, onward = await self._onward()
        self._keep(asyncio.create_task(carried(onward_reader, writer)))
        with closing(onward):
            while await self._passed(await reader.readuntil(END_OF_HEAD), reader, onward):
                pass

    async def _passed(self, head: bytes, reader: Reader, onward: Writer) -> bool:
        """Pass a request on as its fate is; return whether the connection goes on to the next one."""
        request = head + await reader.readexactly(_length(head))
        if b"\r\nUpgrade:" in head:
            onward.write(request)
            await carried(reader, onward)
            return False
        fate = self._fate(head)
        if fate:
            self._written.append(request)
            self._beside(fate, request)
        if fate != Fate.HELD:
            onward.write(request[: len(request) // 2] if fate == Fate.TRUNCATED else request)
            await onward.drain()
        return fate not in (Fate.HELD, Fate.TRUNCATED)

    def _fate(self, head: bytes) -> Fate | None:
        """Return what becomes of a request that writes; None of others, which are let be."""
        what = _what(head)
        if what not in WRITES or not (self._meddles or what == "claim"):
            return None
        fate = self._rng.choices([*ODDS], [*ODDS.values()])[0]
        self.fates[what, fate] += 1
        return fate

    def _beside(self, fate: Fate, request: bytes) -> None:
        """Send what is to arrive over a connection of its own."""
        if fate == Fate.TWICE:
            self._keep(asyncio.create_task(self._sent(request, 0.0)))
        elif fate == Fate.HELD:
            self._keep(asyncio.create_task(self._sent(request, self._rng.uniform(*HELD_SECONDS))))
        elif fate == Fate.REPLAYED:
            old = self._rng.choice(self._written)
            self._keep(asyncio.create_task(self._sent(old, self._rng.uniform(*REPLAYED_SECONDS))))

    async def _sent(self, request: bytes, after: float) -> None:
        await asyncio.sleep(after)
        with suppress(OSError, asyncio.IncompleteReadError, TimeoutError):
            status, code = await self._answered(request)
            self.answers[_what(request), status, code] += 1

    async def _answered(self, request: bytes) -> tuple[int, str]:
        """Return the status of the answer and its code, which only a refusal has."""
        reader, writer = await self._onward()
        with closing(writer):
            writer.write(request)
            async with asyncio.timeout(ANSWERS_WITHIN_SECONDS):
                head = await reader.readuntil(END_OF_HEAD)
                body = await reader.readexactly(_length(head))
        return int(head[STATUS]), _code(body)


def _what(head: bytes) -> str:
    """Return the last word of the path that is asked for."""
    return head.split(b" ", 2)[1].rpartition(b"/")[2].decode()


def _code(body: bytes) -> str:
    """Return the code of a refusal; nothing of any other answer."""
    try:
        told: dict[str, Any] = json.loads(body)
    except ValueError:
        return ""
    return str(told.get("code", ""))


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.split(b"\r\n", 1)[0]) if found else 0
