"""Networks between candidates and the service: one that swallows everything, and one that meddles with requests."""

import asyncio
import random
from collections import Counter
from contextlib import closing, suppress
from datetime import timedelta
from enum import StrEnum
from itertools import cycle

from rehearsing import Fault, Scene

from examsvc.rehearsal.client.http import END_OF_HEAD, STATUS, Address

CHUNK_BYTES = 65_536
Reader, Writer = asyncio.StreamReader, asyncio.StreamWriter


class Between(Fault):
    """Takes the connections of those who sit apart and serves each by `_serve`."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    async def way(self, address: Address) -> Address:
        self._target = address
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0)
        return Address(*self._server.sockets[0].getsockname())

    async def close(self) -> None:
        self._server.close()
        await self._server.wait_closed()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _take(self, reader: Reader, writer: Writer) -> None:
        self._keep(asyncio.current_task())
        with closing(writer), suppress(OSError, asyncio.IncompleteReadError):
            await self._serve(reader, writer)

    def _keep(self, task: asyncio.Task[None] | None) -> None:
        if task:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: Reader, writer: Writer) -> None:
        raise NotImplementedError

    async def _onward(self) -> tuple[Reader, Writer]:
        return await asyncio.open_connection(self._target.host, self._target.port)


class BlackHole(Between):
    """A third of the candidates send into nothing for a minute: no connection ends, and nothing arrives.

    As TCP has it, what was sent meanwhile arrives when the hole is gone, also what nobody waits for any more.
    """

    lasts = 60.0

    async def way(self, address: Address) -> Address:
        self._light = asyncio.Event()
        self._light.set()
        return await super().way(address)

    async def strike(self, scene: Scene) -> None:
        self._light.clear()

    async def heal(self, scene: Scene) -> None:
        self._light.set()

    async def _serve(self, reader: Reader, writer: Writer) -> None:
        await self._light.wait()
        onward_reader, onward_writer = await self._onward()
        await asyncio.gather(_carried(reader, onward_writer, self._light), _carried(onward_reader, writer, self._light))


class Fate(StrEnum):
    """What becomes of a request that writes. HELD: its sender is hung up on, and it arrives behind what comes next."""

    WELL = "WELL"
    TWICE = "TWICE"
    HELD = "HELD"
    TRUNCATED = "TRUNCATED"
    REPLAYED = "REPLAYED"


ODDS = {Fate.WELL: 0.5, Fate.TWICE: 0.15, Fate.HELD: 0.1, Fate.TRUNCATED: 0.1, Fate.REPLAYED: 0.15}
WRITES = (b"/responses HTTP", b"/hand-in HTTP")
HELD_SECONDS, REPLAYED_SECONDS = (0.5, 4.0), (0.0, 2.0)
ANSWERS_WITHIN_SECONDS = 20.0


class Meddling(Between):
    """Every other request of everybody that writes is sent twice, late, in part, or followed by one from before.

    `fates` counts what was done, `answers` the statuses that the service gave to what nobody waited for.
    """

    lasts = 45.0
    apart = 1

    def __init__(self) -> None:
        super().__init__()
        self._rng = random.Random(1)  # noqa: S311 (no secret)
        self._meddles = False
        self._written: list[bytes] = []
        self.fates: Counter[Fate] = Counter()
        self.answers: Counter[int] = Counter()

    async def strike(self, scene: Scene) -> None:
        self._meddles = True

    async def heal(self, scene: Scene) -> None:
        self._meddles = False

    async def _serve(self, reader: Reader, writer: Writer) -> None:
        onward_reader, onward = await self._onward()
        self._keep(asyncio.create_task(_carried(onward_reader, writer)))
        with closing(onward):
            while await self._passed(await reader.readuntil(END_OF_HEAD), reader, onward):
                pass

    async def _passed(self, head: bytes, reader: Reader, onward: Writer) -> bool:
        """Pass a request on as its fate is; return whether the connection goes on to the next one."""
        request = head + await reader.readexactly(_length(head))
        if b"\r\nUpgrade:" in head:
            onward.write(request)
            await _carried(reader, onward)
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
        if not self._meddles or not any(write in head.partition(b"\r\n")[0] for write in WRITES):
            return None
        fate = self._rng.choices([*ODDS], [*ODDS.values()])[0]
        self.fates[fate] += 1
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
            self.answers[await self._answered(request)] += 1

    async def _answered(self, request: bytes) -> int:
        reader, writer = await self._onward()
        with closing(writer):
            writer.write(request)
            async with asyncio.timeout(ANSWERS_WITHIN_SECONDS):
                head = await reader.readuntil(END_OF_HEAD)
        return int(head[STATUS])


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.split(b"\r\n", 1)[0]) if found else 0


async def _carried(reader: Reader, writer: Writer, light: asyncio.Event | None = None) -> None:
    """Carry bytes from one end to the other, and at last their end; without `light` nothing goes on."""
    with closing(writer), suppress(OSError):
        while data := await reader.read(CHUNK_BYTES):
            if light:
                await light.wait()
            writer.write(data)
            await writer.drain()
        if light:
            await light.wait()


class ClocksSet(Fault):
    """Somebody sets the clocks of all machines: every other one five minutes ahead, the others five minutes back."""

    step = timedelta(minutes=5)

    async def strike(self, scene: Scene) -> None:
        candidates = [candidate for run in scene.runs for candidate in run.candidates]
        for ahead, candidate in zip(cycle((self.step, -self.step)), candidates):
            candidate.device.ahead = ahead
