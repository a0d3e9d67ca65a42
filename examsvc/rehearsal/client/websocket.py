"""Websocket frames (RFC 6455) over a connection that was upgraded, and no more of them than Engine.IO sends."""

import asyncio
import base64
import struct
from collections.abc import Callable
from typing import Final

from examsvc.rehearsal.client.http import SWITCHING, Address, Broken, Connection

FINAL: Final = 0x80
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10
MASKED: Final = 0x80
UNMASKING: Final = b"\0\0\0\0"  # a mask is demanded by the form; this one leaves the bytes as they are
LONG, LONGEST = 126, 127
SHORT_MOST, LONG_MOST = 125, 0xFFFF
KEY: Final = base64.b64encode(b"a rehearsal.....").decode()


class Websocket(asyncio.Protocol):
    """Calls `received` with every text that comes, and `lost` once at the end."""

    __slots__ = ("_buffer", "_lost", "_received", "_transport")

    def __init__(self, received: Callable[[str], None], lost: Callable[[], None]) -> None:
        self._received, self._lost = received, lost
        self._transport: asyncio.Transport | None = None
        self._buffer = b""

    async def open(self, address: Address, path: str, cookie: str) -> None:
        """Connect and shake hands; raises OSError, or Broken when the server refuses."""
        connection = await Connection.open(address)
        head = (
            f"GET {path} HTTP/1.1\r\nHost: {address.host}:{address.port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: {KEY}\r\nSec-WebSocket-Version: 13\r\nCookie: {cookie}\r\n\r\n"
        )
        try:
            answer = await connection.send(head.encode())
        except BaseException:  # also when nobody waits any longer: what is left open here nobody closes
            connection.cut()
            raise
        if answer.status != SWITCHING:
            connection.cut()
            raise Broken(f"the websocket was refused with {answer.status}")
        self._transport, early = connection.hand_over(self)
        if early:
            self.data_received(early)

    def send_text(self, text: str) -> None:
        """Send a text; one that the connection is gone for is lost."""
        self._send(TEXT, text.encode())

    def send_binary(self, data: bytes) -> None:
        """Send bytes likewise."""
        self._send(BINARY, data)

    def cut(self) -> None:
        """End the connection without a farewell."""
        if self._transport:
            self._transport.abort()

    def _send(self, kind: int, payload: bytes) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        self._transport.write(bytes((FINAL | kind,)) + _masked_length(len(payload)) + UNMASKING + payload)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 (asyncio's signature)
        self._transport = None
        self._lost()

    def data_received(self, data: bytes) -> None:
        """Take what comes; a text is given on as soon as it is whole."""
        self._buffer += data
        while frame := _first_frame(self._buffer):
            kind, payload, self._buffer = frame
            if kind == TEXT:
                self._received(payload.decode())
            elif kind == PING:
                self._send(PONG, payload)
            elif kind == CLOSE:
                self.cut()


def _masked_length(length: int) -> bytes:
    if length <= SHORT_MOST:
        return bytes((MASKED | length,))
    if length <= LONG_MOST:
        return struct.pack("!BH", MASKED | LONG, length)
    return struct.pack("!BQ", MASKED | LONGEST, length)


def _first_frame(buffer: bytes) -> tuple[int, bytes, bytes] | None:
    """Return the kind, the payload and the rest behind the first whole frame of a server, or None."""
    if len(buffer) < 2:  # noqa: PLR2004 (the shortest head)
        return None
    length, start = buffer[1] & 0x7F, 2
    if length in (LONG, LONGEST):
        form, start = ("!H", 4) if length == LONG else ("!Q", 10)
        if len(buffer) < start:
            return None
        (length,) = struct.unpack(form, buffer[2:start])
    end = start + length
    return (buffer[0] & 0x0F, buffer[start:end], buffer[end:]) if len(buffer) >= end else None
