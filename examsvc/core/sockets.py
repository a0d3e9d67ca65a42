"""The Socket.IO control plane: one server object, websocket transport only, with bounded queues."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask
from flask_socketio import SocketIO
from socketio import RedisManager

from examsvc.core import draining, pressure, socket_guards
from examsvc.core.pinging import Pinger
from examsvc.core.settings import Settings
from examsvc.core.socket_guards import MOST_MESSAGE_BYTES, FrugalPacket
from examsvc.core.socket_rooms import ManyProcesses, OneProcess

PING_INTERVAL_SECONDS = 25  # ten thousand pages every 10 s would cost a third of a processor
PING_TIMEOUT_SECONDS = 10
REDIS_SECONDS = 2.0  # a sweep that tells pages something goes on without Redis
CHANNEL = "examsvc-sockets"
PATH = "/socket.io/"
T = TypeVar("T")


def create(app: Flask, settings: Settings, *, async_mode: str) -> SocketIO:
    """Attach a Socket.IO server to the app; several processes talk to one another through Redis.

    Websocket only, so that no process needs sticky connections; `async_handlers` off, so that one
    client's events are taken in the order it sent them; `async_mode` always said, because eventlet
    would be preferred where it is installed.
    """
    server = SocketIO(
        app,
        async_mode=async_mode,
        async_handlers=False,
        transports=["websocket"],
        client_manager=ManyProcesses(settings.redis_url, channel=CHANNEL) if settings.redis_url else OneProcess(),
        serializer=FrugalPacket,
        ping_interval=PING_INTERVAL_SECONDS,
        ping_timeout=PING_TIMEOUT_SECONDS,
        max_http_buffer_size=MOST_MESSAGE_BYTES,
        manage_session=False,
        cookie=None,
    )
    engine = server.server.eio
    if async_mode == "gevent":
        _guard(engine, draining.drained_queue(engine._async["queue"]))  # noqa: SLF001
        draining.install(engine)
        Pinger(engine)
    else:
        _guard(engine, engine._async["queue"])  # noqa: SLF001
    guarded = socket_guards.hiding_the_socket(app.wsgi_app)
    app.wsgi_app = pressure.keeping_out(guarded, PATH)  # type: ignore[method-assign]
    return server


def from_afar(redis_url: str) -> SocketIO:
    """Return what speaks to the pages of the processes that serve, from one that does not."""
    patience = {"socket_timeout": REDIS_SECONDS, "socket_connect_timeout": REDIS_SECONDS}
    manager = RedisManager(redis_url, channel=CHANNEL, write_only=True, redis_options=patience)
    speaker = SocketIO()
    speaker.init_app(None, client_manager=manager, async_mode="threading")
    return speaker


def _guard(engine: Any, queue_class: type[Any]) -> None:
    """Give this one Engine.IO server the guarded queue and websocket classes of its async driver."""
    engine._async = {  # noqa: SLF001 (the only place where the driver's classes are chosen)
        **engine._async,  # noqa: SLF001
        "queue": socket_guards.bounded_queue(queue_class),
        "websocket": socket_guards.websocket_class(engine._async["websocket"]),  # noqa: SLF001
    }


def outside_the_loop(server: SocketIO) -> Callable[[Callable[[], T]], T]:
    """Return a function that runs a blocking call where it holds up no other client.

    Under gevent that is a real thread: a native call (blob store) would otherwise stop every greenlet.
    """
    if server.async_mode != "gevent":
        return _here
    return _in_a_thread


def _here(call: Callable[[], T]) -> T:
    return call()


def _in_a_thread(call: Callable[[], T]) -> T:
    import gevent  # noqa: PLC0415 (only under gevent)

    answer: T = gevent.get_hub().threadpool.apply(call)
    return answer
