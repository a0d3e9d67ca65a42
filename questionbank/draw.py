"""Drawing a paper from a pool: a pure, seeded, stratified draw that anybody can repeat."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from examsvc.core import canonical
from questionbank.assembly.pool import PoolItem
from questionbank.errors import PoolTooSmall
from questionbank.kinds import Difficulty, ItemType


@dataclass(frozen=True)
class Row:
    """A row of the blueprint: so many items of a type for a work task, each worth `points` hundredths."""

    work_task: int
    type: ItemType
    count: int
    points: int


def rows_in(stored: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Return the rows of a blueprint as it is stored."""
    return [Row(**{**row, "type": ItemType(row["type"])}) for row in stored]


def pool_digest(pool: Iterable[PoolItem]) -> str:
    """Return the digest of the pool, whatever its order."""
    return canonical.digest(sorted(str(item.version_id) for item in pool))


def draw(rows: Sequence[Row], pool: Iterable[PoolItem], seed: str) -> list[tuple[PoolItem, Row]]:
    """Return the drawn items with their rows, sections in the order of ItemType, then by work task.

    The same rows, pool and seed give the same paper. Within a row, knowledge points and difficulties
    take turns, so that none is left out by chance. Raises PoolTooSmall.
    """
    candidates = sorted(pool, key=lambda item: str(item.version_id))
    order = list(ItemType)
    drawn = []
    for row in sorted(rows, key=lambda row: (order.index(row.type), row.work_task)):
        fitting = [item for item in candidates if (item.work_task, item.type) == (row.work_task, row.type)]
        if len(fitting) < row.count:
            raise PoolTooSmall(available=len(fitting), needed=row.count, type=str(row.type), work_task=row.work_task)
        rng = random.Random(f"{seed}/{row.work_task}/{row.type}")  # noqa: S311 (fair and repeatable, not secret)
        drawn += [(item, row) for item in _taking_turns(fitting, rng)[: row.count]]
    return drawn


def _taking_turns(items: list[PoolItem], rng: random.Random) -> list[PoolItem]:
    shuffled = rng.sample(items, len(items))
    points = sorted({item.knowledge_point for item in items})
    rng.shuffle(points)
    queues = [_mixed([item for item in shuffled if item.knowledge_point == point]) for point in points]
    longest = max(map(len, queues), default=0)
    return [queue[turn] for turn in range(longest) for queue in queues if turn < len(queue)]


def _mixed(items: list[PoolItem]) -> list[PoolItem]:
    """Let the difficulties of one knowledge point take turns, the most frequent first."""
    bands = [[item for item in items if item.difficulty == band] for band in Difficulty]
    bands.sort(key=len, reverse=True)
    longest = max(map(len, bands))
    return [band[turn] for turn in range(longest) for band in bands if turn < len(band)]
