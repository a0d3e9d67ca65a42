"""Reading a blueprint's stored rules into a plan: amounts become counts, the time budget becomes a sum."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction
from typing import Any
from uuid import UUID

from questionbank.assembly.eligibility import PERCENT, Policy
from questionbank.assembly.model import (
    FULL_MARKS,
    AllOrNone,
    Attribute,
    Cell,
    Enemy,
    Exclude,
    Include,
    Number,
    PerStimulus,
    Plan,
    Rule,
    Sum,
    Where,
)
from questionbank.errors import BadBlueprint
from questionbank.kinds import Difficulty, Importance, ItemType

SECONDS_PER_MINUTE = 60
SEEN_PAPERS = "seen_paper_ids"


class Unit(StrEnum):
    """What a cell's amount counts: items, hundredths of a point, or per cent of the 100 points."""

    COUNT = "COUNT"
    MARKS = "MARKS"
    PERCENT = "PERCENT"


def plan_of(blueprint: Mapping[str, Any], versions: Mapping[UUID, UUID] | None = None, *, whole: bool = True) -> Plan:
    """Return the plan of {"cells", "rules", "minutes"}; raises BadBlueprint unless its points make exactly 100.

    Rules name items; `versions` says by which version each stands in the pool. Without `whole` the points are free.
    """
    rules = [_of_versions(rule_of(rule), versions or {}) for rule in blueprint.get("rules") or ()]
    if minutes := blueprint.get("minutes"):
        rules.append(Sum(Attribute.SECONDS, Where(), 0, minutes * SECONDS_PER_MINUTE))
    plan = Plan(tuple(cell_of(cell) for cell in blueprint["cells"]), tuple(rules))
    if whole and plan.points != FULL_MARKS:
        raise BadBlueprint(reason=f"it has {plan.points / 100:g} points, not 100")
    return plan


def _of_versions(rule: Rule, versions: Mapping[UUID, UUID]) -> Rule:
    if isinstance(rule, Enemy | Include | Exclude | AllOrNone):
        return replace(rule, items=frozenset(versions.get(item, item) for item in rule.items))
    return rule


def cells_of_rows(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a blueprint of rows {"work_task", "type", "count", "points"} as one of cells."""
    return {"cells": [{**row, "amount": row["count"], "unit": Unit.COUNT} for row in rows]}


def rows_of_cells(plan: Plan) -> list[dict[str, Any]]:
    """Return the rows {"work_task", "type", "count", "points"} that sum up the plan's cells."""
    counts = Counter[tuple[int, ItemType, int]]()
    for cell in plan.cells:
        counts[cell.where.work_tasks[0], cell.where.types[0], cell.points] += cell.count
    return [
        {"work_task": task, "type": kind.value, "count": count, "points": points}
        for (task, kind, points), count in counts.items()
    ]


def policy_of(blueprint: Mapping[str, Any]) -> Policy:
    """Return the policy of {"policy": {"cooldown_days", "most_uses", "reserve_percent"}}."""
    said = blueprint.get("policy") or {}
    return Policy(**{name: value for name, value in said.items() if name != SEEN_PAPERS})


def seen_papers_of(blueprint: Mapping[str, Any]) -> list[UUID]:
    """Return the ids of {"policy": {"seen_paper_ids"}}: papers of which nothing is asked again."""
    return [UUID(one) for one in (blueprint.get("policy") or {}).get(SEEN_PAPERS, ())]


def cell_of(cell: Mapping[str, Any]) -> Cell:
    """Return the cell; raises BadBlueprint for an amount that is no whole number of items."""
    where = Where(
        work_tasks=(cell["work_task"],),
        knowledge_points=tuple(cell.get("knowledge_points") or ()),
        types=(ItemType(cell["type"]),),
        difficulties=_if_given(Difficulty, cell.get("difficulty")),
        importances=_if_given(Importance, cell.get("importance")),
    )
    return Cell(where, _count(cell), cell["points"])


def _if_given(kind: Callable[[str], Any], value: str | None) -> tuple[Any, ...]:
    return () if value is None else (kind(value),)


def _count(cell: Mapping[str, Any]) -> int:
    hundredths = {Unit.COUNT: cell["points"], Unit.MARKS: 1, Unit.PERCENT: FULL_MARKS // PERCENT}
    unit = Unit(cell.get("unit") or Unit.COUNT)
    count = Fraction(cell["amount"] * hundredths[unit], cell["points"])
    if count.denominator != 1 or count < 1:
        raise BadBlueprint(
            reason=f"{cell['amount']} {unit.lower()} is no whole number of items at {cell['points'] / 100:g}"
        )
    return int(count)


def rule_of(rule: Mapping[str, Any]) -> Rule:
    """Return the rule of {"kind": its code, …}; raises BadBlueprint."""
    kind, upper = rule["kind"], rule.get("upper")
    lower = rule.get("lower") or (1 if kind == PerStimulus.code else 0)
    if upper is not None and lower > upper:
        raise BadBlueprint(reason=f"a rule asks for at least {lower} and at most {upper}")
    match kind:
        case Number.code:
            return Number(where_of(rule.get("where")), int(lower), upper)
        case Sum.code if rule.get("attribute"):
            return Sum(Attribute(rule["attribute"]), where_of(rule.get("where")), lower, upper)
        case PerStimulus.code:
            return PerStimulus(int(lower), upper)
    return _of_items(kind, rule.get("item_ids") or ())


def _of_items(kind: str, items: Iterable[str]) -> Rule:
    sets = {one.code: one for one in (Enemy, Include, Exclude, AllOrNone)}
    named = frozenset(map(UUID, map(str, items)))
    if kind not in sets or not named:
        raise BadBlueprint(reason=f"a rule {kind} does not say what it asks for")
    return sets[kind](named)


def where_of(where: Mapping[str, Any] | None) -> Where:
    """Return which items a rule speaks of."""
    given = {name: tuple(values) for name, values in (where or {}).items()}
    kinds: dict[str, Callable[[str], Any]] = {"types": ItemType, "difficulties": Difficulty, "importances": Importance}
    return Where(
        **{name: tuple(map(kinds[name], values)) if name in kinds else values for name, values in given.items()}
    )
