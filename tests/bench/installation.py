"""A whole installation for a benchmark: durable PostgreSQL, the service with the demo in it, and Redis if needed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import servers

START_SECONDS = 240
POSTGRESQL = {"fsync": "on", "shared_buffers": "256MB", "max_connections": "150", "max_wal_size": "4GB"}
# The demo's exam sessions are as real as any.
BESIDE = ("--yes-beside", "DEMO-1", "--yes-beside", "DEMO-2") * 2


@dataclass
class Installation:
    """A service that runs; `environ` is what its commands need to know."""

    folder: Path
    environ: dict[str, str]
    processes: dict[str, subprocess.Popen[bytes]]

    def restart(self) -> None:
        """Start what serves and sweeps anew, so that memory begins where a fresh service begins."""
        for command in self.processes:
            self.stop(command)
            self.start(command)
        servers.wait_for_http(int(self.environ["EXAMSVC_PORT"]), self.processes["serve"], START_SECONDS)

    def start(self, command: str) -> None:
        """Start `serve` or `worker`."""
        with (self.folder / f"{command}.log").open("ab") as log:
            self.processes[command] = subprocess.Popen([*_COMMAND, command], env=self.environ, stdout=log, stderr=log)

    def stop(self, command: str) -> None:
        """Stop it."""
        servers.stop(self.processes[command])

    def run(self, *arguments: str, timeout: float = 600) -> subprocess.CompletedProcess[str]:
        """Run `examsvc …` over the installation and return how it ended."""
        return subprocess.run(
            [*_COMMAND, *arguments], env=self.environ, capture_output=True, text=True, timeout=timeout, check=False
        )

    def rehearse(self, *arguments: str, timeout: float = 1500) -> dict[str, Any]:
        """Hold a rehearsal and return its certificate; raises RuntimeError when there is none."""
        ended = self.run("rehearse", "--json", "--clear", *BESIDE, *arguments, timeout=timeout)
        if not ended.stdout:
            raise RuntimeError(f"no certificate: {ended.stderr[-2000:]}")
        certificate: dict[str, Any] = json.loads(ended.stdout)
        return certificate


@contextmanager
def installed(folder: Path, *, processes: int = 1, **settings: str) -> Iterator[Installation]:
    """Install the service in `folder` with the demo's content and run it; everything is stopped at the end."""
    with ExitStack() as stack:
        port = servers.free_port()
        environ = {
            **os.environ,
            "EXAMSVC_DATABASE_URL": stack.enter_context(servers.postgresql(folder, **POSTGRESQL)),
            "EXAMSVC_DATA_DIR": str(folder / "data"),
            "EXAMSVC_MASTER_KEY": servers.MASTER_KEY,
            "EXAMSVC_PORT": str(port),
            "EXAMSVC_LOG_LEVEL": "WARNING",
            **settings,
        }
        if processes > 1:
            (folder / "redis").mkdir()
            url = stack.enter_context(servers.redis(folder / "redis"))
            environ |= {"EXAMSVC_PROCESSES": str(processes), "EXAMSVC_REDIS_URL": url}
        installation = Installation(folder, environ, {})
        for command in (("db", "upgrade"), ("demo",)):
            ended = installation.run(*command)
            if ended.returncode:
                raise RuntimeError(f"{command}: {ended.stderr}")
        for name in ("serve", "worker") if processes > 1 else ("serve",):
            installation.start(name)
            stack.callback(installation.stop, name)
        servers.wait_for_http(port, installation.processes["serve"], START_SECONDS)
        yield installation


_COMMAND = (sys.executable, "-c", "from examsvc.cli import main; main()")
