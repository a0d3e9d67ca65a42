"""What is asked of a form: the cells of a blueprint and its rules; and what a form is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from operator import attrgetter
from typing import ClassVar
from uuid import UUID

from questionbank.assembly.pool import PoolItem
from questionbank.kinds import Difficulty, Importance, ItemType

FULL_MARKS = 100_00


@dataclass(frozen=True)
class Where:
    """Which items a rule speaks of; an empty field asks for nothing."""

    work_tasks: tuple[int, ...] = ()
    knowledge_points: tuple[int, ...] = ()
    types: tuple[ItemType, ...] = ()
    difficulties: tuple[Difficulty, ...] = ()
    importances: tuple[Importance, ...] = ()
    key_positions: tuple[int, ...] = ()

    @cached_property
    def _asked(self) -> tuple[tuple[str, tuple[object, ...]], ...]:
        of_item: dict[str, tuple[object, ...]] = {
            "work_task": self.work_tasks,
            "knowledge_point": self.knowledge_points,
            "type": self.types,
            "difficulty": self.difficulties,
            "importance": self.importances,
            "key_position": self.key_positions,
        }
        return tuple((name, values) for name, values in of_item.items() if values)

    def matches(self, item: PoolItem) -> bool:
        return bool(self.places((item,)))

    def places(self, pool: Sequence[PoolItem]) -> list[int]:
        """Return the places in the pool of the items spoken of, ascending."""
        found = list(range(len(pool)))
        for name, values in self._asked:
            of = attrgetter(name)
            found = [place for place in found if of(pool[place]) in values]
        return found


@dataclass(frozen=True)
class Cell:
    """A cell of 双向细目表: exactly `count` items, each worth `points` hundredths."""

    code: ClassVar = "CELL"
    where: Where
    count: int
    points: int


class Attribute(StrEnum):
    """What a Sum adds up: seconds, the difficulty 1–3; at the pass mark the information and the share right."""

    SECONDS = "SECONDS"
    LEVEL = "LEVEL"
    INFORMATION = "INFORMATION"
    EXPECTED = "EXPECTED"

    def of(self, item: PoolItem) -> float:
        values = {Attribute.SECONDS: item.seconds, Attribute.LEVEL: item.level, Attribute.EXPECTED: item.expected}
        return values.get(self, item.information)


@dataclass(frozen=True)
class Number:
    """From `lower` to `upper` items of a form are of this kind; None sets no upper bound."""

    code: ClassVar = "NUMBER"
    where: Where
    lower: int = 0
    upper: int | None = None


@dataclass(frozen=True)
class Sum:
    """The attribute's sum over the items of this kind lies from `lower` to `upper`."""

    code: ClassVar = "SUM"
    attribute: Attribute
    where: Where = Where()
    lower: float = 0
    upper: float | None = None


@dataclass(frozen=True)
class Enemy:
    """At most one of these items is in a form."""

    code: ClassVar = "ENEMY"
    items: frozenset[UUID]


@dataclass(frozen=True)
class Include:
    """All of these items are in every form."""

    code: ClassVar = "INCLUDE"
    items: frozenset[UUID]


@dataclass(frozen=True)
class Exclude:
    """None of these items is in any form."""

    code: ClassVar = "EXCLUDE"
    items: frozenset[UUID]


@dataclass(frozen=True)
class AllOrNone:
    """Either all of these items are in a form or none."""

    code: ClassVar = "ALL_OR_NONE"
    items: frozenset[UUID]


@dataclass(frozen=True)
class PerStimulus:
    """Of a stimulus that a form uses, it asks from `lower` to `upper` items."""

    code: ClassVar = "PER_STIMULUS"
    lower: int = 1
    upper: int | None = None


Rule = Number | Sum | Enemy | Include | Exclude | AllOrNone | PerStimulus


@dataclass(frozen=True)
class Plan:
    """A blueprint ready for a draw: its cells and its rules."""

    cells: tuple[Cell, ...]
    rules: tuple[Rule, ...] = ()

    @property
    def points(self) -> int:
        """What a form is worth, in hundredths."""
        return sum(cell.count * cell.points for cell in self.cells)

    @property
    def count(self) -> int:
        return sum(cell.count for cell in self.cells)


@dataclass(frozen=True)
class Picked:
    """An item of a form, and the number of the cell that it fills, from 0."""

    item: PoolItem
    cell: int


Form = tuple[Picked, ...]
