"""Processes that die without a warning."""

import asyncio
import os
import signal
import time
from contextlib import closing, suppress

from redis import Redis
from rehearsing import BACK_WITHIN_SECONDS, Fault, Scene
from socketio import RedisManager
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from standing import WEB_PROCESSES

from examsvc.core import sockets
from examsvc.core.db import Database
from examsvc.rehearsal import machine
from proctoring.sockets.places import CANDIDATE, candidate_room

SETTLES_SECONDS = 15.0
MOST_SEGMENTS = 50


class WebProcessKilled(Fault):
    """One of two web processes is killed; and, when it is back, the one that keeps both."""

    async def strike(self, scene: Scene) -> None:
        os.kill(scene.standing.web_processes()[0], signal.SIGKILL)
        await asyncio.sleep(SETTLES_SECONDS)
        await asyncio.to_thread(scene.standing.keeper.kill, "serve")


class Killed(Fault):
    """A process of the installation is killed, `after` so many seconds more."""

    def __init__(self, name: str, *, after: float = 0.0) -> None:
        self._name, self._after = name, after

    async def strike(self, scene: Scene) -> None:
        await asyncio.sleep(self._after)
        await asyncio.to_thread(scene.standing.keeper.kill, self._name)


class RedisKilled(Killed):
    """Redis is killed; when every web process listens to it again, a proctor's command goes through it to everybody."""

    def __init__(self) -> None:
        super().__init__("redis")

    async def after(self, scene: Scene) -> None:
        url = scene.standing.environ["EXAMSVC_REDIS_URL"]
        await asyncio.to_thread(_wait_for_listeners, url)
        manager = RedisManager(url, channel=sockets.CHANNEL, write_only=True)
        for run in scene.runs:
            for candidate in run.candidates:
                room = candidate_room(candidate.notebook.sitting_id)
                manager.emit("command", {}, namespace=CANDIDATE, room=room)


def _wait_for_listeners(url: str) -> None:
    until = time.monotonic() + BACK_WITHIN_SECONDS
    with closing(Redis.from_url(url)) as client:
        while client.pubsub_numsub(sockets.CHANNEL)[0][1] < WEB_PROCESSES:
            if time.monotonic() > until:
                raise TimeoutError("not every web process listens to Redis again")
            time.sleep(0.2)


class DatabaseStopped(Fault):
    """Somebody stops PostgreSQL, and starts it again half a minute later: until then every connection is refused."""

    lasts = 30.0

    async def strike(self, scene: Scene) -> None:
        await asyncio.to_thread(scene.standing.keeper.stop, "postgresql", signal.SIGINT)

    async def heal(self, scene: Scene) -> None:
        scene.standing.keeper.want("postgresql")


class DatabaseFrozen(Fault):
    """PostgreSQL stands still for half a minute: connections are taken, and nobody answers on them."""

    lasts = 30.0

    def __init__(self) -> None:
        self._frozen: set[int] = set()

    async def strike(self, scene: Scene) -> None:
        self._frozen = machine.descendants({scene.standing.keeper.pid("postgresql")})
        _signal(self._frozen, signal.SIGSTOP)

    async def heal(self, scene: Scene) -> None:
        _signal(self._frozen, signal.SIGCONT)


def _use_up(database: Database) -> None:
    """Use up the room that PostgreSQL has set aside for its log; without it nothing can be written."""
    with suppress(DBAPIError), database.engine.connect() as connection:
        for _ in range(MOST_SEGMENTS):
            connection.execute(text("SELECT pg_logical_emit_message(true, 'faults', 'more'), pg_switch_wal()"))
            connection.commit()
        raise AssertionError("the disk is not full")


def _signal(pids: set[int], number: int) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


class DiskFull(Fault):
    """Nothing more can be written to the volume of the database, the files and the logs, until somebody makes room."""

    lasts = 30.0

    async def strike(self, scene: Scene) -> None:
        await asyncio.to_thread(scene.standing.volume.fill, scene.standing.processes)
        await asyncio.to_thread(_use_up, scene.standing.database)

    async def heal(self, scene: Scene) -> None:
        await asyncio.to_thread(scene.standing.volume.empty)
