"""CPU seconds of a process and of all it started."""

import os
from collections import defaultdict
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PARENT, _USER, _SYSTEM = 1, 11, 12  # fields after the command's name (proc(5))


def cpu_seconds(pid: int) -> float:
    """Return what the process and its living descendants have used so far."""
    spent, children = {}, defaultdict(list)
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(") ")[2].split()
        except (FileNotFoundError, ProcessLookupError):  # gone meanwhile
            continue
        own = int(stat.parent.name)
        spent[own] = (int(fields[_USER]) + int(fields[_SYSTEM])) / _TICKS
        children[int(fields[_PARENT])].append(own)
    return _sum(pid, spent, children)


def _sum(pid: int, spent: dict[int, float], children: dict[int, list[int]]) -> float:
    return spent.get(pid, 0.0) + sum(_sum(child, spent, children) for child in children[pid])
