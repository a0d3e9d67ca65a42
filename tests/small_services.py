"""A service of a few lines that answers a light client over real connections."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from examsvc.rehearsal.client.http import END_OF_HEAD, Address

JSON = b"Content-Type: application/json"
Answer = Callable[[dict[str, Any]], tuple[str, dict[str, Any]]]
"""Returns the status line's end and the body that a request with this body is answered with."""


@asynccontextmanager
async def serving(answer: Answer) -> AsyncIterator[Address]:
    """Serve one connection; ends when its client has left."""
    gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while head := await _head(reader):
            status, body = answer(json.loads(await reader.readexactly(_length(head))))
            encoded = json.dumps(body).encode()
            writer.write(
                b"HTTP/1.1 %b\r\n%b\r\nContent-Length: %d\r\n\r\n%b" % (status.encode(), JSON, len(encoded), encoded)
            )
        writer.close()
        gone.set_result(None)

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield Address(*server.sockets[0].getsockname())
        await gone


async def _head(reader: asyncio.StreamReader) -> bytes:
    """Return the head of the next request; nothing when there is none any more."""
    try:
        return await reader.readuntil(END_OF_HEAD)
    except (asyncio.IncompleteReadError, OSError):
        return b""


def _length(head: bytes) -> int:
    return int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0])
