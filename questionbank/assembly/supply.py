"""Supply and demand 供需: how many items each cell asks for and how many a pool has for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from questionbank.assembly.model import Cell, Exclude, Plan
from questionbank.assembly.pool import PoolItem


@dataclass(frozen=True)
class CellSupply:
    """`supply` fitting items, of which `usable` can stand in one form together (a family counts once)."""

    cell: Cell
    supply: int
    usable: int

    @property
    def demand(self) -> int:
        return self.cell.count

    @property
    def enough(self) -> bool:
        return self.usable >= self.demand


def supplies(plan: Plan, pool: Sequence[PoolItem]) -> list[CellSupply]:
    """Return supply and demand of each cell, by itself: cells that share items may still be short together."""
    excluded = {item for rule in plan.rules if isinstance(rule, Exclude) for item in rule.items}
    free = [item for item in pool if item.version_id not in excluded]
    return [_supply(cell, [item for item in free if cell.where.matches(item)]) for cell in plan.cells]


def _supply(cell: Cell, fitting: list[PoolItem]) -> CellSupply:
    families = {item.family for item in fitting if item.family is not None}
    single = sum(item.family is None for item in fitting)
    return CellSupply(cell, supply=len(fitting), usable=single + len(families))
