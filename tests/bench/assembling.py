"""Banks and blueprints of a real size for the assembly benchmark, made from a fixed seed."""

import random
from uuid import UUID

from questionbank.assembly.model import Attribute, Cell, Number, PerStimulus, Plan, Rule, Sum, Where
from questionbank.assembly.pool import PoolItem, in_order
from questionbank.kinds import Difficulty, Importance, ItemType

TASKS, POINTS = (1, 2, 3, 4), (1, 2, 3, 4, 5)
TYPES = {ItemType.SINGLE_CHOICE: 60, ItemType.MULTIPLE_CHOICE: 90, ItemType.TRUE_FALSE: 30}
COUNTS = {ItemType.SINGLE_CHOICE: 12, ItemType.MULTIPLE_CHOICE: 5, ItemType.TRUE_FALSE: 8}
KEYS = 4
FAMILIES = 600


def bank(size: int, seed: int = 4) -> tuple[PoolItem, ...]:
    """Return a pool with families, enemies and stimuli, in the order of draws."""
    rng = random.Random(seed)  # noqa: S311 (a bank to measure with, not a secret)
    ids = [UUID(int=rng.getrandbits(128)) for _ in range(size)]
    enemies = {
        one: frozenset({other}) for one, other in zip(ids[: size // 20 : 2], ids[1 : size // 20 : 2], strict=True)
    }
    return in_order(_item(rng, number, version_id, enemies) for number, version_id in enumerate(ids))


def _item(rng: random.Random, number: int, version_id: UUID, enemies: dict[UUID, frozenset[UUID]]) -> PoolItem:
    kind = rng.choices(list(TYPES), [50, 20, 30])[0]
    is_single = kind is ItemType.SINGLE_CHOICE
    return PoolItem(
        version_id,
        work_task=number % len(TASKS) + 1,
        knowledge_point=rng.choice(POINTS),
        type=kind,
        difficulty=rng.choices(list(Difficulty), [35, 45, 20])[0],
        importance=rng.choices(list(Importance), [50, 35, 15])[0],
        seconds=TYPES[kind] + rng.randint(-15, 15),
        family=f"F{number % FAMILIES}" if number % 5 == 0 else None,
        enemies=enemies.get(version_id, frozenset()),
        stimulus=f"S{number // 8 % 40}" if number % 8 == 1 else None,
        key_position=rng.randint(1, KEYS) if is_single else None,
        information=round(rng.uniform(0.1, 0.6), 3),
    )


def plan() -> Plan:
    """Return a blueprint of 100 items and 100 points: 12 cells and 36 rules."""
    cells = tuple(
        Cell(Where(work_tasks=(task,), types=(kind,)), count, 100) for task in TASKS for kind, count in COUNTS.items()
    )
    return Plan(cells, tuple(_rules()))


def _rules() -> list[Rule]:
    bands = {Difficulty.EASY: (25, 40), Difficulty.MEDIUM: (40, 50), Difficulty.HARD: (15, 25)}
    rules: list[Rule] = [Number(Where(difficulties=(band,)), *bounds) for band, bounds in bands.items()]
    rules += [Number(Where(work_tasks=(task,), knowledge_points=(point,)), 3, 8) for task in TASKS for point in POINTS]
    rules += [
        Number(Where(importances=(level,)), *bounds)
        for level, bounds in zip(Importance, ((45, 60), (28, 42), (8, 20)), strict=True)
    ]
    rules += [Number(Where(types=(ItemType.SINGLE_CHOICE,), key_positions=(key,)), 9, 15) for key in range(1, KEYS + 1)]
    rules += [Number(Where(work_tasks=(task,), difficulties=(Difficulty.HARD,)), 3, 8) for task in TASKS]
    return [*rules, Sum(Attribute.SECONDS, Where(), 4800, 6000), PerStimulus(1, 3)]
