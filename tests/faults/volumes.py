"""The volume that all data lies on, small enough to be filled.

A file system of its own where that may be mounted. Elsewhere, as in most containers, every process that writes there
is forbidden to make any file longer, again and again because some are started anew: that refuses more than a full disk
does, with another number of the error.
"""

import os
import resource
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

BYTES = 768 * 1024 * 1024
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
        self._writers: Callable[[], set[int]] = set

    def fill(self, writers: Callable[[], set[int]]) -> None:
        self._writers = writers
        self._over.clear()
        self._thread = threading.Thread(target=self._forbid, daemon=True)
        self._thread.start()

    def empty(self) -> None:
        self._over.set()
        self._thread.join()
        self._limit(resource.RLIM_INFINITY)

    def _forbid(self) -> None:
        while not self._over.wait(0.2):
            self._limit(0)

    def _limit(self, size: int) -> None:
        for pid in self._writers():
            with suppress(ProcessLookupError):
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


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
