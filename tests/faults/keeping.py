"""A keeper of processes: what ends, however it ends, is started again, as systemd's `Restart=always` does."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import servers

from examsvc.rehearsal import machine

LOOKS_SECONDS = 0.1
RESTARTS_AFTER_SECONDS = 1.0
STOPS_WITHIN_SECONDS = 30


@dataclass
class Kept:
    """A command that is to run; `ended` counts how often it had to be started again."""

    command: Sequence[str]
    process: subprocess.Popen[bytes]
    is_wanted: bool = True
    ended: int = 0


@dataclass
class Keeper:
    """Keeps its processes running from a thread of its own; each writes a log in `folder`."""

    folder: Path
    environ: Mapping[str, str]
    _kept: dict[str, Kept] = field(default_factory=dict)
    _over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._thread = threading.Thread(target=self._look, name="keeper", daemon=True)
        self._thread.start()

    def keep(self, name: str, command: Sequence[str]) -> None:
        """Start the command and keep it running."""
        self._kept[name] = Kept(command, self._started(name, command))

    def pid(self, name: str) -> int:
        """Return the process that runs now."""
        return self._kept[name].process.pid

    def process(self, name: str) -> subprocess.Popen[bytes]:
        return self._kept[name].process

    def ended(self, name: str) -> int:
        """Return how often it ended and was started again."""
        return self._kept[name].ended

    def stop(self, name: str, number: int) -> None:
        """End it by a signal and leave it so until it is wanted again."""
        self._kept[name].is_wanted = False
        self._kept[name].process.send_signal(number)
        self._kept[name].process.wait(STOPS_WITHIN_SECONDS)

    def kill(self, name: str) -> None:
        """Kill it without a warning and return when it was started again."""
        before = self._kept[name].ended
        os.kill(self.pid(name), signal.SIGKILL)
        until = time.monotonic() + STOPS_WITHIN_SECONDS
        while self._kept[name].ended == before and time.monotonic() < until:
            time.sleep(LOOKS_SECONDS)

    def want(self, name: str) -> None:
        """Have it run again."""
        self._kept[name].is_wanted = True

    def close(self) -> None:
        """End everything, what was started last first."""
        self._over.set()
        self._thread.join()
        for kept in reversed(self._kept.values()):
            family = machine.descendants({kept.process.pid})
            servers.stop(kept.process)
            for pid in family - {kept.process.pid}:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)

    def _look(self) -> None:
        while not self._over.wait(LOOKS_SECONDS):
            for name, kept in list(self._kept.items()):
                if kept.is_wanted and kept.process.poll() is not None:
                    time.sleep(RESTARTS_AFTER_SECONDS)
                    kept.process, kept.ended = self._started(name, kept.command), kept.ended + 1

    def _started(self, name: str, command: Sequence[str]) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(command, env=dict(self.environ), stdout=log, stderr=log, start_new_session=True)
