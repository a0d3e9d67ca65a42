"""Networks between candidates and the service, and one that swallows everything."""

import asyncio
from contextlib import closing, suppress

from striking import Fault, Scene

from examsvc.rehearsal.client.http import Address

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
        await asyncio.gather(carried(reader, onward_writer, self._light), carried(onward_reader, writer, self._light))


async def carried(reader: Reader, writer: Writer, light: asyncio.Event | None = None) -> None:
    """Carry bytes from one end to the other, and at last their end; without `light` nothing goes on."""
    with closing(writer), suppress(OSError):
        while data := await reader.read(CHUNK_BYTES):
            if light:
                await light.wait()
            writer.write(data)
            await writer.drain()
        if light:
            await light.wait()
