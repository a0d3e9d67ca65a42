"""Small pools of items for tests of assembly."""

import random
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from questionbank.assembly.model import Cell, Form, Where
from questionbank.assembly.pool import PoolItem, in_order
from questionbank.kinds import Difficulty, Importance, ItemType

SINGLE, MULTIPLE, TRUTH = ItemType.SINGLE_CHOICE, ItemType.MULTIPLE_CHOICE, ItemType.TRUE_FALSE


def item(number: int, **said: Any) -> PoolItem:
    """Return an easy single choice of work task 1, unless said otherwise; `number` is its version id."""
    as_said = {"work_task": 1, "knowledge_point": 1, "type": SINGLE, "difficulty": Difficulty.EASY, **said}
    return PoolItem(version_id(number), **as_said)


def version_id(number: int) -> UUID:
    return UUID(int=number)


def ids(*numbers: int) -> frozenset[UUID]:
    return frozenset(map(version_id, numbers))


def cell(count: int, points: int = 100, **where: Any) -> Cell:
    """Return a cell for single choices of any task, unless said otherwise."""
    return Cell(Where(**{"types": (SINGLE,), **where}), count, points)


def mixed(size: int, seed: int = 1, **said: Any) -> tuple[PoolItem, ...]:
    """Return a pool of two work tasks, three knowledge points, two types, in the order of draws."""
    rng = random.Random(seed)  # noqa: S311 (a pool, not a secret)
    return in_order(
        item(
            number,
            work_task=rng.randint(1, 2),
            knowledge_point=rng.randint(1, 3),
            type=rng.choice([SINGLE, TRUTH]),
            difficulty=rng.choice(list(Difficulty)),
            importance=rng.choice(list(Importance)),
            seconds=rng.randint(30, 90),
            information=rng.uniform(0.1, 0.6),
            **said,
        )
        for number in range(size)
    )


def numbers(form: Iterable[Any]) -> set[int]:
    """Return the numbers of a form's items."""
    return {picked.item.version_id.int for picked in form}


def shared(one: Form, other: Form) -> int:
    return len(numbers(one) & numbers(other))
