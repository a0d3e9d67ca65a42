"""What processes of this machine cost, read from /proc: processor seconds, and memory with shared pages divided."""

import os
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

PROC: Final = Path("/proc")
TICKS_A_SECOND: Final = os.sysconf("SC_CLK_TCK")
LISTENING: Final = "0A"
KIB: Final = 1024
KEPT_SECONDS: Final = 60.0
PARENT, USER, SYSTEM = 1, 11, 12  # of /proc/PID/stat behind the name


@dataclass(frozen=True)
class Cost:
    """Processor seconds so far, and bytes of memory now, of a number of processes."""

    processes: int = 0
    cpu_seconds: float = 0.0
    memory_bytes: int = 0


@dataclass(frozen=True)
class Machine:
    cores: int
    memory_bytes: int
    model: str


def this_machine() -> Machine:
    """Return what this machine is; the model is empty where it is not told."""
    models = [line for line in _read(PROC / "cpuinfo").splitlines() if line.startswith("model name")]
    model = models[0].partition(":")[2].strip() if models else ""
    return Machine(len(os.sched_getaffinity(0)), os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"), model)


def cost_of(pids: Iterable[int]) -> Cost:
    """Return what the processes cost; one that is gone costs nothing any more."""
    each = [(_cpu_seconds(pid), _memory(pid)) for pid in pids]
    return Cost(len(each), sum(cpu for cpu, _ in each), sum(memory for _, memory in each))


class Kept:
    """Finds processes, and again only after a while or when one of them is gone: it reads every open file there is."""

    def __init__(self, find: Callable[[], set[int]]) -> None:
        self._find = find
        self._found: set[int] = set()
        self._until = 0.0

    def __call__(self) -> set[int]:
        """Return the processes."""
        now = time.monotonic()
        if now >= self._until or not self._found or not all((PROC / str(pid)).exists() for pid in self._found):
            self._found, self._until = self._find(), now + KEPT_SECONDS
        return self._found


def listeners(port: int) -> set[int]:
    """Return the processes that listen on the port of this machine, and all their descendants; none if unknown."""
    return descendants(_holders(lambda own, _, state: own == port and state == LISTENING))


def speakers(to: int, ports: Collection[int]) -> set[int]:
    """Return the processes that speak from these ports of this machine to that one, but for this one.

    None if unknown. A port alone names nobody: others may speak to somebody else from it.
    """
    return _holders(lambda own, other, _: own in ports and other == to) - {os.getpid()}


def database_family(backend_pid: int) -> set[int]:
    """Return PostgreSQL's processes, of which one is known; none when that is a process of another machine."""
    if not _read(PROC / str(backend_pid) / "comm").startswith("postgres"):
        return set()
    return descendants({int(_stat(backend_pid)[PARENT])})


def descendants(roots: set[int]) -> set[int]:
    """Return the processes and all that they started."""
    parents = {pid: int(stat[PARENT]) for pid in _pids() if (stat := _stat(pid))}
    found, before = set(roots), 0
    while len(found) > before:
        before = len(found)
        found |= {pid for pid, parent in parents.items() if parent in found}
    return found


def _pids() -> list[int]:
    return [int(entry.name) for entry in PROC.iterdir() if entry.name.isdecimal()]


def _stat(pid: int) -> list[str]:
    """Return the fields behind the name, which may hold spaces; none when the process is gone."""
    return _read(PROC / str(pid) / "stat").rpartition(")")[2].split()


def _cpu_seconds(pid: int) -> float:
    stat = _stat(pid)
    return (int(stat[USER]) + int(stat[SYSTEM])) / TICKS_A_SECOND if stat else 0.0


def _memory(pid: int) -> int:
    for line in _read(PROC / str(pid) / "smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * KIB
    return 0


def _holders(is_meant: Callable[[int, int, str], bool]) -> set[int]:
    """Return the processes that hold a socket of which its own port, the other end's and its state are meant."""
    inodes = {f"socket:[{inode}]" for name in ("tcp", "tcp6") for inode in _inodes(name, is_meant)}
    return {pid for pid in _pids() if inodes and not inodes.isdisjoint(_open_files(pid))}


def _inodes(name: str, is_meant: Callable[[int, int, str], bool]) -> Iterable[str]:
    for line in _read(PROC / "net" / name).splitlines()[1:]:
        fields = line.split()
        own, other = (int(address.rpartition(":")[2], 16) for address in fields[1:3])
        if is_meant(own, other, fields[3]):
            yield fields[9]


def _open_files(pid: int) -> set[str]:
    found = set()
    with suppress(OSError):
        for handle in (PROC / str(pid) / "fd").iterdir():
            with suppress(OSError):
                found.add(str(handle.readlink()))
    return found


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
