"""The volume that all data lies on, small enough to be filled.

A file system of its own where that may be mounted. Elsewhere, as in most containers, every process that writes there
is forbidden to make any file longer, again and again because some are started anew: that refuses more than a full disk
does, with another number of the error.
"""

import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

BYTES = 768 * 1024 * 1024
LOOKS_SECONDS = 0.3
LOOKS_SECONDS = 0.3
MIB, BLOCK = 1024 * 1024, 4096
BALLAST = "ballast"


class Volume(Protocol):
    folder: Path

    def fill(self, writers: Callable[[], set[int]]) -> None:
        """Let nothing more be written; `writers` are the processes that would."""
        ...

    def empty(self) -> None:
        """Let there be room again."""
        ...


class Mounted:
    """A file system in memory, filled by a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self, writers: Callable[[], set[int]]) -> None:
        with (self.folder / BALLAST).open("wb", buffering=0) as ballast:
            for size in (MIB, BLOCK):
                with suppress(OSError):
                    while ballast.write(bytes(size)):
                        """There was room."""

    def empty(self) -> None:
        (self.folder / BALLAST).unlink(missing_ok=True)


class Forbidden:
    """A folder anywhere, in which the writers' limits are the end of the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._over = threading.Event()
        self._forbidden: set[int] = set()

    def fill(self, writers: Callable[[], set[int]]) -> None:
        self._over.clear()
        self._forbid_new(writers)
        self._thread = threading.Thread(target=self._forbid, args=(writers,), daemon=True)
        self._thread.start()

    def empty(self) -> None:
        self._over.set()
        self._thread.join()

    def _forbid(self, writers: Callable[[], set[int]]) -> None:
        while not self._over.wait(LOOKS_SECONDS):
            self._forbid_new(writers)
        for _ in range(2):  # who is forked meanwhile has the limit of the process that forks it
            for pid in writers():
                _limit(pid, "unlimited")
        self._forbidden.clear()

    def _forbid_new(self, writers: Callable[[], set[int]]) -> None:
        for pid in writers() - self._forbidden:
            _limit(pid, "0")
            self._forbidden.add(pid)


def _limit(pid: int, size: str) -> None:
    """Set how long the process may make a file, as the user that it runs as; one that is gone needs no limit."""
    with suppress(FileNotFoundError):
        owner = Path(f"/proc/{pid}").stat()
        as_owner = ["setpriv", f"--reuid={owner.st_uid}", f"--regid={owner.st_gid}", "--clear-groups"]
        command = ["prlimit", f"--pid={pid}", f"--fsize={size}:"]
        if owner.st_uid != os.geteuid():
            command = [*as_owner, *command]
        subprocess.run(command, capture_output=True, check=False)


@contextmanager
def volume() -> Iterator[Volume]:
    """Make a volume, by the way that is open here or that FAULTS_VOLUME names; it is gone at the end."""
    # Not in pytest's own folder, which root alone may enter: PostgreSQL runs as another user.
    with TemporaryDirectory(prefix="examsvc-faults-") as name:
        folder = Path(name)
        if os.environ.get("FAULTS_VOLUME") == "forbidden" or not _mount(folder):
            yield Forbidden(folder)
            return
        try:
            yield Mounted(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def _mount(folder: Path) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={BYTES}", "examsvc-faults", folder]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
