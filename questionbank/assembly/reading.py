"""Reading a blueprint's stored rules into a plan: amounts become counts, the time budget becomes a sum."""

from collections.abc import Callable, Iterable, Mapping
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


class Unit(StrEnum):
    """What a cell's amount counts: items, hundredths of a point, or per cent of the 100 points."""

    COUNT = "COUNT"
    MARKS = "MARKS"
    PERCENT = "PERCENT"


def plan_of(blueprint: Mapping[str, Any]) -> Plan:
    """Return the plan of {"cells", "rules", "minutes"}; raises BadBlueprint unless its points make exactly 100."""
    rules = [rule_of(rule) for rule in blueprint.get("rules") or ()]
    if minutes := blueprint.get("minutes"):
        rules.append(Sum(Attribute.SECONDS, Where(), 0, minutes * SECONDS_PER_MINUTE))
    plan = Plan(tuple(cell_of(cell) for cell in blueprint["cells"]), tuple(rules))
    if plan.points != FULL_MARKS:
        raise BadBlueprint(reason=f"it has {plan.points / 100:g} points, not 100")
    return plan


def policy_of(blueprint: Mapping[str, Any]) -> Policy:
    """Return the policy of {"policy": {"cooldown_days", "most_uses", "reserve_percent"}}."""
    return Policy(**(blueprint.get("policy") or {}))


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
    kind, lower, upper = rule["kind"], rule.get("lower"), rule.get("upper")
    if lower is not None and upper is not None and lower > upper:
        raise BadBlueprint(reason=f"a rule asks for at least {lower} and at most {upper}")
    match kind:
        case Number.code:
            return Number(where_of(rule.get("where")), int(lower or 0), upper)
        case Sum.code:
            return Sum(Attribute(rule["attribute"]), where_of(rule.get("where")), lower or 0, upper)
        case PerStimulus.code:
            return PerStimulus(int(lower or 1), upper)
    return _of_items(kind, rule.get("items") or ())


def _of_items(kind: str, items: Iterable[str]) -> Rule:
    sets = {one.code: one for one in (Enemy, Include, Exclude, AllOrNone)}
    if kind not in sets:
        raise BadBlueprint(reason=f"there is no rule {kind}")
    return sets[kind](frozenset(map(UUID, map(str, items))))


def where_of(where: Mapping[str, Any] | None) -> Where:
    """Return which items a rule speaks of."""
    given = {name: tuple(values) for name, values in (where or {}).items()}
    kinds: dict[str, Callable[[str], Any]] = {"types": ItemType, "difficulties": Difficulty, "importances": Importance}
    return Where(
        **{name: tuple(map(kinds[name], values)) if name in kinds else values for name, values in given.items()}
    )
