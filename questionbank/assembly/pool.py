"""The items of a pool, as a draw sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from questionbank.kinds import Difficulty, Importance, ItemType

LEVELS = {level: number for number, level in enumerate(Difficulty, start=1)}

# What an answer is expected to take, by type, until a bank has measured it.
EXPECTED_SECONDS = {
    ItemType.SINGLE_CHOICE: 50,
    ItemType.MULTIPLE_CHOICE: 75,
    ItemType.TRUE_FALSE: 30,
    ItemType.FILL_IN: 60,
    ItemType.NUMERIC: 120,
    ItemType.INLINE_CHOICE: 75,
    ItemType.ORDERING: 90,
    ItemType.MATCHING: 90,
    ItemType.HOTSPOT: 60,
    ItemType.SHORT_ANSWER: 240,
    ItemType.EXTENDED_ANSWER: 900,
    ItemType.COMPOSITE: 420,
}


@dataclass(frozen=True)
class PoolItem:
    """An item version as a draw sees it, of the item that its bank knows by `item_id`.

    Of a `family` a form has at most one item, and none together with its `enemies`. `key_position` counts the right
    option of a single choice from 1. `information` is what the item tells about a candidate at the pass mark,
    `expected` the share of such candidates who get it right; 0 where nobody has measured it. `uses` and `last_used` are
    of papers drawn before. What a snapshot does not say has its default: a new field leaves old snapshots as they are.
    """

    version_id: UUID
    work_task: int
    knowledge_point: int
    type: ItemType
    difficulty: Difficulty
    importance: Importance | None = None
    seconds: int = 60
    family: str | None = None
    enemies: frozenset[UUID] = frozenset()
    stimulus: str | None = None
    key_position: int | None = None
    information: float = 0.0
    uses: int = 0
    last_used: datetime | None = None
    item_id: UUID | None = None
    expected: float = 0.0

    @property
    def level(self) -> int:
        """The difficulty as a number: 1 easy, 2 medium, 3 hard."""
        return LEVELS[self.difficulty]


def in_order(pool: Iterable[PoolItem]) -> tuple[PoolItem, ...]:
    """Return the pool in the one order that draws use, however it came."""
    return tuple(sorted(pool, key=lambda item: item.version_id.int))
