"""A websocket that sends whole and reads no further ahead than a few messages: what simple-websocket leaves open."""

import logging
import threading
from collections.abc import Callable, Iterable
from typing import Any

import simple_websocket
from simple_websocket.errors import ConnectionClosed
from wsproto.utilities import LocalProtocolError

log = logging.getLogger(__name__)

MOST_UNREAD_MESSAGES = 32
LONGER_SECONDS = 10.0


class WholeSends:
    """A socket whose `send` sends all of the bytes, one message after the other, and that waits longer than it is told.

    simple-websocket 1.1.0 ignores how much a `send` took, which corrupts the stream of a slow reader. Engine.IO has it
    give up when an answer to a ping is overdue: then nobody would know any more when the other end was heard last.
    """

    def __init__(self, sock: Any) -> None:
        self._sock = sock
        self._one_sender = threading.Lock()

    def send(self, data: bytes) -> int:
        """Send all bytes and return how many; raises OSError when the reader is too slow."""
        with self._one_sender:
            self._sock.sendall(data)
        return len(data)

    def settimeout(self, seconds: float) -> None:
        """Let whoever looks for unanswered pings come first."""
        self._sock.settimeout(seconds + LONGER_SECONDS)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._sock, name)


class _NoReader:
    """Stands where the library would start a reader."""

    name = ""

    def __init__(self, target: Callable[[], None]) -> None:
        pass

    def start(self) -> None:
        """Start nothing."""


class _HandshakeDone:
    """Stands where what read the request's head would stay for as long as the connection does."""

    def events(self) -> Iterable[Any]:
        """Return nothing: the head was read."""
        return ()


_HANDSHAKE_DONE = _HandshakeDone()


class BoundedWebSocket(simple_websocket.Server):  # type: ignore[misc]
    """A websocket that whoever waits for a message reads itself, no further ahead than a few messages.

    A reader of its own for each connection would cost a task's memory for each of ten thousand candidates.
    """

    def __init__(self, environ: dict[str, Any], **options: Any) -> None:
        super().__init__(environ, **{**options, "thread_class": _NoReader})
        if self.ws.connection is not None:
            self.ws.handshake = _HANDSHAKE_DONE

    def receive(self, timeout: float | None = None) -> Any:  # noqa: ARG002 (the library's signature)
        """Return the next message; raises ConnectionClosed."""
        while self.connected and not self.input_buffer:
            self._read()
        if self.input_buffer:
            return self.input_buffer.pop(0)
        raise ConnectionClosed(self.close_reason, self.close_message)

    def _read(self) -> None:
        try:
            data = self.sock.recv(self.receive_bytes)
            if data:
                self.ws.receive_data(data)
            self.connected = bool(data) and self._handle_events()
        except (OSError, LocalProtocolError):
            self.connected = False

    def _handle_events(self) -> bool:
        going: bool = super()._handle_events()
        if len(self.input_buffer) > MOST_UNREAD_MESSAGES:
            log.warning("a client sends faster than it is served: disconnected")
            raise OSError("too many unread messages")
        return going
