"""What a draw of papers makes of a blueprint, a pool and a seed: pure, so that it can be repeated and compared."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import Any
from uuid import UUID

from questionbank.assembly.model import Form, Plan
from questionbank.assembly.ordering import in_sections
from questionbank.assembly.pool import PoolItem
from questionbank.assembly.reading import cells_of_rows, plan_of, policy_of
from questionbank.draw import draw, rows_in
from questionbank.kinds import DrawKind

ENGINE = f"assembly 1, scipy {metadata.version('scipy')}"
Sheet = list[tuple[PoolItem, int]]


@dataclass(frozen=True)
class Order:
    """What is asked of a draw: `count` papers with at most `overlap` common questions and nothing of `seen`."""

    kind: DrawKind
    seed: str
    count: int = 1
    overlap: int = 0
    seen: frozenset[UUID] = frozenset()


def compose(
    rows: Sequence[Mapping[str, Any]], rules: Mapping[str, Any] | None, pool: Sequence[PoolItem], order: Order
) -> Iterator[Sheet]:
    """Yield the questions of each paper in their order, each with its points in hundredths.

    A single paper of a blueprint without rules is the stratified draw of its rows. Raises what draws raise.
    """
    if rules is None and order.kind is DrawKind.SINGLE and not order.seen:
        yield [(item, row.points) for item, row in draw(rows_in(rows), pool, order.seed)]
        return
    plan = plan_of(rules or cells_of_rows(rows), versions_of(pool))
    for number, form in enumerate(_forms(plan, rules or {}, pool, order), start=1):
        yield [(picked.item, plan.cells[picked.cell].points) for picked in in_sections(form, f"{order.seed}/{number}")]


def versions_of(pool: Sequence[PoolItem]) -> dict[UUID, UUID]:
    """Return the version by which each item stands in the pool."""
    return {item.item_id: item.version_id for item in pool if item.item_id is not None}


def _forms(plan: Plan, rules: Mapping[str, Any], pool: Sequence[PoolItem], order: Order) -> Iterator[Form]:
    # Solving needs scipy, whose import takes longer than all else that the service starts with.
    from questionbank.assembly.drawing import one_form  # noqa: PLC0415
    from questionbank.assembly.individual import individual_forms  # noqa: PLC0415
    from questionbank.assembly.parallel import parallel_forms  # noqa: PLC0415

    match order.kind:
        case DrawKind.SINGLE:
            yield one_form(plan, pool, order.seed, order.seen)
        case DrawKind.PARALLEL:
            unseen = [item for item in pool if item.version_id not in order.seen]
            yield from parallel_forms(plan, unseen, order.seed, order.count, order.overlap).forms
        case DrawKind.INDIVIDUAL:
            most_uses = policy_of(rules).most_uses
            yield from individual_forms(plan, pool, order.seed, [order.seen] * order.count, most_uses)
