"""A small server over the guarded sockets, run by gunicorn's gevent worker as the service is."""

# ruff: noqa: E402
from gevent import monkey

monkey.patch_all()

import os

import gevent
from flask import Flask, request
from flask_socketio import SocketIO

from examsvc.core import settings, sockets


def load() -> Flask:
    app = Flask(__name__)
    server = sockets.create(app, settings.load(dict(os.environ)), async_mode="gevent")
    seen: list[int] = []

    @server.on("flood", namespace="/t")
    def flood(count: int, size: int) -> None:
        sid = request.sid  # type: ignore[attr-defined]
        gevent.spawn(_flood, server, sid, count, size)

    @server.on("slow", namespace="/t")
    def slow(number: int, seconds: float) -> int:
        gevent.sleep(seconds)
        seen.append(number)
        return number

    @server.on("frame", namespace="/t")
    def frame(meta: dict[str, int], data: bytes) -> int:
        return len(data)

    @server.on("connect", namespace="/t")
    def connect() -> None:
        """Anybody may come."""

    @app.get("/state")
    def state() -> dict[str, object]:
        queued = [each.queue.qsize() for each in server.server.eio.sockets.values() if not each.closed]
        return {"clients": len(queued), "queued": max(queued, default=0), "seen": seen, "mode": server.async_mode}

    return app


def _flood(server: SocketIO, sid: str, count: int, size: int) -> None:
    for number in range(count):
        server.emit("part", {"number": number, "text": chr(97 + number % 26) * size}, namespace="/t", to=sid)
        if number % 20 == 0:
            gevent.sleep(0.01)
