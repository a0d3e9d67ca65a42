"""Bounds that python-engineio and python-socketio leave open, put around one server's connections.

Nothing of the libraries is changed for others: the classes here are handed to one Engine.IO server.
"""

import logging
import socket
from collections.abc import Callable, Iterable
from typing import Any

from engineio.async_drivers._websocket_wsgi import SimpleWebSocketWSGI
from simple_websocket.errors import ConnectionClosed
from socketio.packet import BINARY_EVENT, EVENT, Packet

from examsvc.core.websockets import BoundedWebSocket, WholeSends

log = logging.getLogger(__name__)

MOST_MESSAGE_BYTES = 96 * 1024
MOST_SENT_BYTES = 48 * 1024
MOST_QUEUED_MESSAGES = 200
MOST_ATTACHMENTS = 1
OWN_EVENTS = frozenset({"connect", "disconnect"})
GUNICORN_SOCKET, HIDDEN_SOCKET = "gunicorn.socket", "examsvc.gunicorn_socket"
_SOCKET_KEYS = (GUNICORN_SOCKET, "werkzeug.socket")


def bounded_queue(queue_class: type[Any]) -> type[Any]:
    """Return a per-client send queue over `queue_class` that never blocks and never grows beyond its bound.

    A client that does not read loses its connection instead: `overflowed` is called once.
    """

    class BoundedQueue(queue_class):  # type: ignore[misc]
        overflowed: Callable[[], None] | None = None
        is_cut = False

        def put(self, item: Any, *args: Any, **kwargs: Any) -> None:
            """Queue the item; None, the end mark, always passes."""
            if item is not None and self.qsize() >= MOST_QUEUED_MESSAGES:
                self._cut()
            elif item is None or not self.is_cut:
                super().put(item, *args, **kwargs)

        def _cut(self) -> None:
            if not self.is_cut:
                self.is_cut = True
                log.warning("a client does not read what it is sent: disconnected")
                if self.overflowed:
                    self.overflowed()

    return BoundedQueue


class FrugalPacket(Packet):  # type: ignore[misc]
    """A Socket.IO packet that announces at most one binary part, so that nobody can make the server collect them,
    and that names no event of the server's own.
    """

    def decode(self, encoded_packet: Any) -> int:
        """Return how many binary parts follow; raises ValueError."""
        count: int = super().decode(encoded_packet)
        if count > MOST_ATTACHMENTS:
            raise ValueError("too many binary parts")
        if self.packet_type in (EVENT, BINARY_EVENT) and not _is_clients_event(self.data):
            raise ValueError("not an event of a client")
        return count


def _is_clients_event(data: Any) -> bool:
    """An event called `disconnect` would run the handler of a real disconnection."""
    return isinstance(data, list) and data != [] and isinstance(data[0], str) and data[0] not in OWN_EVENTS


def websocket_class(driver: type[SimpleWebSocketWSGI]) -> type[Any]:
    """Return the async driver's websocket class with the bounds of this module."""

    class GuardedWebSocket(driver):  # type: ignore[misc]
        def __call__(self, environ: dict[str, Any], _start_response: Any) -> Any:
            self.ws = BoundedWebSocket(_guarded(environ), max_message_size=MOST_MESSAGE_BYTES, **self.server_args)
            self.socket = self.ws.sock  # engineio sets its read and write timeout on what it finds here
            queue = self.app.__self__.queue
            queue.overflowed = self.cut
            answer = self.app(self)
            if self.ws.mode == "gunicorn":
                raise StopIteration
            if self.ws.mode == "werkzeug":
                raise ConnectionError
            return answer

        def send(self, message: str | bytes) -> None:
            """Send a message; one that is too large is a fault of ours, and is not sent."""
            if len(message) > MOST_SENT_BYTES:
                log.error("a message to a client is too large", extra={"bytes": len(message)})
                return
            try:
                self.ws.send(message)
            except ConnectionClosed as error:
                raise OSError from error

        def cut(self) -> None:
            """Break the connection now, also while a send waits for the reader."""
            try:
                self.ws.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                log.debug("the connection was gone already")

    return GuardedWebSocket


def hiding_the_socket(application: Any) -> Any:
    """Return the WSGI application with gunicorn's socket where Engine.IO does not see it before a websocket needs it.

    It would make a class of its own for each request, which costs time and stays for as long as a websocket does.
    """

    def hide(environ: dict[str, Any], start_response: Any) -> Any:
        if GUNICORN_SOCKET in environ:
            environ[HIDDEN_SOCKET] = environ.pop(GUNICORN_SOCKET)
        return application(environ, start_response)

    return hide


def _guarded(environ: dict[str, Any]) -> dict[str, Any]:
    """Return the environ with sockets that send whole, and without an offer of compression to accept.

    JPEGs do not get smaller, and permessage-deflate costs 130 KB of memory a connection.
    """
    guarded = {name: value for name, value in environ.items() if name != "HTTP_SEC_WEBSOCKET_EXTENSIONS"}
    if HIDDEN_SOCKET in guarded:
        guarded[GUNICORN_SOCKET] = guarded.pop(HIDDEN_SOCKET)
    for key in _present(guarded):
        guarded[key] = WholeSends(guarded[key])
    return guarded


def _present(environ: dict[str, Any]) -> Iterable[str]:
    return [key for key in _SOCKET_KEYS if key in environ]
