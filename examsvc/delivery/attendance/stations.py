"""Drawing a station 工位 by chance: from a seed and what is free, so that anybody can repeat it. Pure.

Candidates draw their practical station on entry (进入考场时抽号确定考位, domain.md 2.3).
"""

import hashlib
from collections.abc import Collection, Sequence


def free(count: int, taken: Collection[int]) -> list[int]:
    """Return the stations from 1 to `count` that nobody has, in order."""
    return [station for station in range(1, count + 1) if station not in taken]


def drawn(seed: str, stations: Sequence[int]) -> int:
    """Return the station that the seed chooses; raises ValueError when there is none.

    SHA-256 of the seed, as a number, divided by how many there are: the rest is the place in the list.
    """
    if not stations:
        raise ValueError("there is no station to draw")
    return stations[int.from_bytes(hashlib.sha256(seed.encode()).digest()) % len(stations)]
