"""Whether a form keeps its plan: read from the form itself, apart from how it was found."""

from collections import Counter
from collections.abc import Iterator

from questionbank.assembly.model import (
    AllOrNone,
    Cell,
    Enemy,
    Exclude,
    Form,
    Include,
    Number,
    PerStimulus,
    Plan,
    Rule,
    Sum,
)
from questionbank.assembly.pool import PoolItem

SLIGHT = 1e-6


def broken(plan: Plan, form: Form) -> list[Cell | Rule | str]:
    """Return the cells and rules that the form breaks, and the words TWICE, FAMILY, ENEMY for what no form may."""
    items = [picked.item for picked in form]
    return [*_standing(items), *_cells(plan, form), *(rule for rule in plan.rules if not keeps(rule, items))]


def _standing(items: list[PoolItem]) -> Iterator[str]:
    ids = {item.version_id for item in items}
    if len(ids) < len(items):
        yield "TWICE"
    families = Counter(item.family for item in items if item.family is not None)
    if any(count > 1 for count in families.values()):
        yield "FAMILY"
    if any(item.enemies & (ids - {item.version_id}) for item in items):
        yield "ENEMY"


def _cells(plan: Plan, form: Form) -> Iterator[Cell]:
    filled = Counter(picked.cell for picked in form)
    strangers = {picked.cell for picked in form if not plan.cells[picked.cell].where.matches(picked.item)}
    for number, cell in enumerate(plan.cells):
        if filled[number] != cell.count or number in strangers:
            yield cell


def keeps(rule: Rule, items: list[PoolItem]) -> bool:
    """Whether a form of these items keeps the rule."""
    ids = {item.version_id for item in items}
    match rule:
        case Number():
            kept = _within(sum(map(rule.where.matches, items)), rule.lower, rule.upper)
        case Sum():
            matching = (rule.attribute.of(item) for item in items if rule.where.matches(item))
            kept = _within(sum(matching), rule.lower, rule.upper)
        case Enemy():
            kept = len(rule.items & ids) <= 1
        case Include():
            kept = rule.items <= ids
        case Exclude():
            kept = not rule.items & ids
        case AllOrNone():
            kept = not rule.items & ids or rule.items <= ids
        case PerStimulus():
            asked = Counter(item.stimulus for item in items if item.stimulus is not None)
            kept = all(_within(count, rule.lower, rule.upper) for count in asked.values())
    return kept


def _within(value: float, lower: float, upper: float | None) -> bool:
    return lower - SLIGHT <= value and (upper is None or value <= upper + SLIGHT)
