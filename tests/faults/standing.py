"""A whole installation under a keeper: PostgreSQL, Redis, two web processes, the worker, and a filed paper."""

import http.client
import os
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import servers
from alembic import command
from keeping import Keeper
from volumes import Volume
from world import World

from examsvc.app import open_parts
from examsvc.cli.database import alembic_config
from examsvc.core import clock, settings
from examsvc.core.db import Database
from examsvc.rehearsal import machine
from examsvc.rehearsal.client.http import Address
from examsvc.wiring import METADATA

NAMES = ("postgresql", "redis", "serve", "worker")
START_SECONDS = 240
WEB_PROCESSES = 2
# What was committed outlives a process that is killed; a power cut is not tried here.
POSTGRESQL = {"fsync": "on", "min_wal_size": "32MB", "max_wal_size": "64MB", "max_connections": "150"}
EXAMSVC = (sys.executable, "-c", "from examsvc.cli import main; main()")


@dataclass
class Standing:
    """What stands: its processes by the names `postgresql`, `redis`, `serve` and `worker`, and its database."""

    volume: Volume
    environ: dict[str, str]
    keeper: Keeper
    database: Database

    @property
    def address(self) -> Address:
        return Address("127.0.0.1", int(self.environ["EXAMSVC_PORT"]))

    def web_processes(self) -> list[int]:
        """Return the processes that serve, without the one that keeps them."""
        master = self.keeper.pid("serve")
        return sorted(machine.descendants({master}) - {master})

    def processes(self) -> set[int]:
        """Return every process of the installation that is there now."""
        return machine.descendants({self.keeper.pid(name) for name in NAMES})

    def is_ready(self) -> bool:
        """Return whether the service says that it and its database answer."""
        with closing(http.client.HTTPConnection(self.address.host, self.address.port, timeout=5)) as connection:
            try:
                connection.request("GET", "/readyz")
                return connection.getresponse().status == http.HTTPStatus.OK
            except (OSError, http.client.HTTPException):
                return False

    def wait_until_ready(self, seconds: float) -> None:
        """Return once everything runs and every web process answers; raises TimeoutError."""
        until = time.monotonic() + seconds
        while not self._all_answer():
            if time.monotonic() > until:
                raise TimeoutError(f"the service was not back within {seconds} s")
            time.sleep(0.2)

    def _all_answer(self) -> bool:
        """A new connection is taken by either process: several in a row reach both."""
        alive = all(self.keeper.process(name).poll() is None for name in NAMES)
        return alive and len(self.web_processes()) == WEB_PROCESSES and all(self.is_ready() for _ in range(6))


@contextmanager
def standing(volume: Volume) -> Iterator[Standing]:
    """Put the installation up on the volume; everything is ended at the end."""
    folder = volume.folder
    postgresql, database_url = servers.postgresql_command(folder, **POSTGRESQL)
    redis, redis_url = servers.redis_command(folder)
    environ = {
        "EXAMSVC_DATABASE_URL": database_url,
        "EXAMSVC_REDIS_URL": redis_url,
        "EXAMSVC_PROCESSES": str(WEB_PROCESSES),
        "EXAMSVC_DATA_DIR": str(folder / "data"),
        "EXAMSVC_MASTER_KEY": servers.MASTER_KEY,
        "EXAMSVC_PORT": str(servers.free_port()),
        "EXAMSVC_LOG_LEVEL": "WARNING",
    }
    keeper = Keeper(folder, {**os.environ, **environ})
    try:
        keeper.keep("postgresql", postgresql)
        keeper.keep("redis", redis)
        servers.wait_for_port(servers.port_of(database_url), keeper.process("postgresql"))
        servers.wait_for_answer(database_url)
        with closing(open_parts(settings.load(environ))) as database:
            _fill(database)
            keeper.keep("serve", [*EXAMSVC, "serve"])
            keeper.keep("worker", [*EXAMSVC, "worker"])
            made = Standing(volume, environ, keeper, database)
            made.wait_until_ready(START_SECONDS)
            yield made
    finally:
        keeper.close()


def _fill(database: Database) -> None:
    """Make the tables as the models say, and a filed scheme with a paper."""
    METADATA.create_all(database.engine)
    command.stamp(alembic_config(str(database.url)), "head")
    with database.transaction() as db:
        World(db, clock.now())
