"""The real service as a process of its own: started on a free port, killed hard, started again over the same data."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import servers
from alembic import command
from servers import MASTER_KEY

from examsvc.app import open_parts
from examsvc.cli.database import alembic_config
from examsvc.core import settings
from examsvc.core.db import Database
from examsvc.core.settings import Settings
from examsvc.wiring import METADATA

START_SECONDS = 180


@dataclass
class Service:
    """`examsvc serve` over a data folder; `url` stays the same over a restart."""

    folder: Path
    port: int = field(default_factory=servers.free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environ(self) -> dict[str, str]:
        given = {name: value for name, value in os.environ.items() if name == "EXAMSVC_FRONTEND_DIR"}
        return {
            **given,
            "EXAMSVC_DATA_DIR": str(self.folder / "data"),
            "EXAMSVC_MASTER_KEY": MASTER_KEY,
            "EXAMSVC_PORT": str(self.port),
            "EXAMSVC_SWEEP_SECONDS": "0.5",
            "EXAMSVC_LOG_LEVEL": "INFO",
        }

    @property
    def whole_environ(self) -> dict[str, str]:
        """The environment of a program that works on the service's data."""
        return {**os.environ, **self.environ}

    @property
    def settings(self) -> Settings:
        return settings.load(self.environ)

    @contextmanager
    def killed(self) -> Iterator[None]:
        """Have the service killed without warning, and back at the end, whatever a test finds meanwhile."""
        self.kill()
        try:
            yield
        finally:
            self.start()

    def make_schema(self) -> None:
        """Create all tables as the models say, and say that they are current."""
        database = self.open_database()
        METADATA.create_all(database.engine)
        database.close()
        command.stamp(alembic_config(self.settings.database_url), "head")

    def open_database(self) -> Database:
        """Open the service's data from the test's own process, with the service's keys."""
        return open_parts(self.settings)

    @property
    def program(self) -> list[str]:
        return [sys.executable, "-c", "from examsvc.cli import main; main()", "serve"]

    def start(self) -> None:
        with (self.folder / "service.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.program, env=self.whole_environ, stdout=log, stderr=log, start_new_session=True
            )
        try:
            servers.wait_for_http(self.port, self.process, START_SECONDS)
        except RuntimeError:
            self.kill()  # or it would start after all, and run on when the tests have ended
            raise

    def kill(self) -> None:
        """Kill the whole process group at once, without a warning."""
        if self.process is None:
            return
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None


@dataclass
class MovedService(Service):
    """The service in a time of its own, which `move_to` sets; a log-in does not outlive a jump of 14 hours."""

    def __post_init__(self) -> None:
        self.move_to(datetime.now(UTC))

    @property
    def clock_file(self) -> Path:
        return self.folder / "ahead-seconds"

    @property
    def environ(self) -> dict[str, str]:
        path = os.pathsep.join((str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")))
        return {**super().environ, "EXAMSVC_TEST_CLOCK": str(self.clock_file), "PYTHONPATH": path}

    @property
    def program(self) -> list[str]:
        return [sys.executable, "-m", "gunicorn", "-c", "python:examsvc.server", "moved_server:load()"]

    def move_to(self, instant: datetime) -> None:
        """Let it be `instant` for the service from now on; written in one piece, because it is read at any time."""
        unfinished = self.clock_file.with_suffix(".new")
        unfinished.write_text(str((instant - datetime.now(UTC)).total_seconds()))
        unfinished.replace(self.clock_file)


@contextmanager
def serving(folder: Path) -> Iterator[Service]:
    """Run a service over an empty database."""
    service = Service(folder)
    service.make_schema()
    service.start()
    try:
        yield service
    finally:
        service.kill()
