"""HTTP/1.1 over one kept connection, written by hand: a general client costs several times as much a request."""

import asyncio
from dataclasses import dataclass
from typing import Final, cast
from urllib.parse import urlsplit

END_OF_HEAD: Final = b"\r\n\r\n"
STATUS: Final = slice(9, 12)
NO_CONTENT, SWITCHING = 204, 101


class Broken(OSError):
    """The connection ended, or what came over it is no answer; whether the request was taken is not known."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the service listens."""

    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> "Address":
        """Return the address of an http:// URL; raises ValueError."""
        parts = urlsplit(url)
        if parts.scheme != "http" or not parts.hostname:
            raise ValueError(f"{url!r} is not an http:// address")
        return cls(parts.hostname, parts.port or 80)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    head: bytes
    body: bytes

    def header(self, name: bytes) -> bytes:
        """Return the first header of the name, in whatever case, or nothing."""
        for line in self.head.split(b"\r\n")[1:]:
            found, _, value = line.partition(b":")
            if found.lower() == name.lower():
                return value.strip()
        return b""


class Connection(asyncio.Protocol):
    """One connection with at most one request under way."""

    __slots__ = ("_answer", "_received", "_transport", "upgraded_to")

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[Answer] | None = None
        self._received = b""
        self.upgraded_to: asyncio.Protocol | None = None

    @classmethod
    async def open(cls, address: Address) -> "Connection":
        """Return an open connection; raises OSError."""
        loop = asyncio.get_running_loop()
        _, made = await loop.create_connection(cls, address.host, address.port)
        return made

    @property
    def is_open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    def send(self, request: bytes) -> asyncio.Future[Answer]:
        """Send a request and return its answer to come, which may be Broken."""
        answer = self._answer = asyncio.get_running_loop().create_future()
        if self._transport is None or self._transport.is_closing():
            answer.set_exception(Broken("the connection is closed"))
        else:
            self._transport.write(request)
        return answer

    def cut(self) -> None:
        """End the connection now, whatever is under way."""
        if self._transport:
            self._transport.abort()

    def hand_over(self, protocol: asyncio.Protocol) -> tuple[asyncio.Transport, bytes]:
        """Give the connection to another protocol; return the transport and what was received beyond the answer."""
        assert self._transport  # noqa: S101 (an answer came over it)
        self._transport.set_protocol(protocol)
        return self._transport, self._received

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 (asyncio's signature)
        self._transport = None
        self._fail("the connection ended")

    def data_received(self, data: bytes) -> None:
        self._received += data
        end = self._received.find(END_OF_HEAD)
        if end < 0:
            return
        head, start = self._received[:end], end + len(END_OF_HEAD)
        try:
            status, length = int(head[STATUS]), _length(head)
        except ValueError:
            self._fail("this is no answer")
            self.cut()
            return
        if len(self._received) >= start + length:
            body, self._received = self._received[start : start + length], self._received[start + length :]
            self._deliver(Answer(status, head, body))

    def _deliver(self, answer: Answer) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_result(answer)
        if b"connection: close" in answer.head.lower():
            self.cut()

    def _fail(self, why: str) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_exception(Broken(why))


def _length(head: bytes) -> int:
    """Return how long the body is; raises ValueError when the answer does not say."""
    status = int(head[STATUS])
    if status in (NO_CONTENT, SWITCHING):
        return 0
    lower = head.lower()
    at = lower.find(b"\r\ncontent-length:")
    if at < 0:
        raise ValueError("the answer has no length")
    return int(lower[at + 17 :].split(b"\r\n", 1)[0])
