"""Blueprints, and papers drawn from them and stored."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from examsvc.core import canonical
from examsvc.core.db import get
from examsvc.core.identity import Identity
from examsvc.registry.models import KnowledgePoint
from questionbank import bases, pooling, usage
from questionbank.assembly.eligibility import eligible
from questionbank.assembly.model import FULL_MARKS
from questionbank.assembly.pool import EXPECTED_SECONDS, PoolItem
from questionbank.assembly.reading import plan_of, policy_of, rows_of_cells
from questionbank.assembly.snapshots import digest, snapshot
from questionbank.bases import Basis
from questionbank.composing import ENGINE, Order, Sheet
from questionbank.content import needs_marking
from questionbank.draw import Row, rows_in
from questionbank.errors import BadBlueprint
from questionbank.kinds import Difficulty, DrawKind, Importance, ItemType
from questionbank.models import (
    Blueprint,
    Item,
    ItemBank,
    ItemVersion,
    Paper,
    PaperDraw,
)
from questionbank.paper_keeping import PaperKeeper
from questionbank.paper_lines import Laid
from questionbank.registration import registering

UNUSED: tuple[int, datetime | None] = (0, None)
Shown = Callable[[Iterable[Sheet]], Iterator[Sheet]]


def add_blueprint(
    db: Session, bank_id: UUID, name: str, rows: Sequence[Row], *, rules: dict[str, Any] | None = None, now: datetime
) -> Blueprint:
    """Add a blueprint of rows, or of rules with cells, and return it; raises BadBlueprint.

    Points make exactly 100, and each work task has its share of the theory part (附件3 考核比重).
    """
    bank = get(db, ItemBank, bank_id)
    if rules is not None:
        rows = rows_in(rows_of_cells(plan_of(rules)))
    if any(row.type.is_written for row in rows):
        raise BadBlueprint(reason="short answers are not marked by people yet")
    _check_points(bank, rows)
    blueprint = Blueprint(bank_id=bank_id, name=name, rows=[asdict(row) for row in rows], rules=rules, created_at=now)
    db.add(blueprint)
    db.flush()
    return blueprint


def _check_points(bank: ItemBank, rows: Sequence[Row]) -> None:
    theory = sum(task.theory_share for task in bank.specification.work_tasks)
    for task in bank.specification.work_tasks:
        points = sum(row.count * row.points for row in rows if row.work_task == task.number)
        if points * theory != FULL_MARKS * task.theory_share:
            raise BadBlueprint(reason=f"work task {task.number} has {points / 100:g} points, not its share of 100")


def pool(db: Session, bank_id: UUID) -> list[PoolItem]:
    """Return the versions that may be drawn: released, and in the registered version of the bank if there is one.

    Composites that people would have to mark are left out.
    """
    query = (
        select(ItemVersion)
        .join(Item)
        .where(Item.bank_id == bank_id, registering.drawable(db, bank_id))
        .options(
            joinedload(ItemVersion.knowledge_point).joinedload(KnowledgePoint.work_task), joinedload(ItemVersion.item)
        )
    )
    versions = [
        version
        for version in db.scalars(query)
        if version.type != ItemType.COMPOSITE or not needs_marking(ItemType(version.type), version.content)
    ]
    uses, enemies = pooling.uses(db, bank_id), pooling.enemies(db, bank_id, versions)
    return [_pool_item(version, *uses.get(version.item_id, UNUSED), enemies[version.item_id]) for version in versions]


def _pool_item(version: ItemVersion, uses: int, last_used: datetime | None, enemies: frozenset[UUID]) -> PoolItem:
    return PoolItem(
        version_id=version.id,
        item_id=version.item_id,
        work_task=version.knowledge_point.work_task.number,
        knowledge_point=version.knowledge_point.number,
        type=ItemType(version.type),
        difficulty=Difficulty(version.difficulty),
        importance=Importance(version.importance) if version.importance else None,
        seconds=EXPECTED_SECONDS[ItemType(version.type)],
        family=version.item.family,
        enemies=enemies,
        uses=uses,
        last_used=last_used,
    )


def draw_paper(
    db: Session, blueprint_id: UUID, *, seed: str, by: Identity, now: datetime, seen: Collection[UUID] = ()
) -> Paper:
    """Draw and store one paper with all practical tasks of the bank; raises PoolTooSmall, NoForm, DrawUndecided."""
    order = Order(DrawKind.SINGLE, seed, seen=frozenset(seen))
    return draw_papers(db, blueprint_id, order, by=by, now=now).papers[0]


def draw_papers(
    db: Session, blueprint_id: UUID, order: Order, *, by: Identity, now: datetime, shown: Shown = iter
) -> PaperDraw:
    """Draw and store the papers that the order asks for, and return the draw.

    `shown` passes the papers on one by one as they are made, to show progress. Raises PoolTooSmall, NoForm,
    FormsTooUnlike, ExposureExhausted, DrawUndecided.
    """
    basis = read(db, blueprint_id, order, now=now)
    return keep(db, basis, bases.laid_out(db, basis, shown(basis.sheets())), by=by, now=now)


def read(db: Session, blueprint_id: UUID, order: Order, *, now: datetime) -> Basis:
    """Return what the papers of an order are drawn from; raises NotFound."""
    blueprint = get(db, Blueprint, blueprint_id)
    rules = blueprint.rules
    items = eligible(pool(db, blueprint.bank_id), policy_of(rules or {}), now).items
    return Basis(blueprint_id, blueprint.rows, rules, tuple(items), order)


def keep(db: Session, basis: Basis, papers: Iterable[Laid], *, by: Identity, now: datetime) -> PaperDraw:
    """Store papers that were drawn from the basis and laid out, and return their draw."""
    blueprint, order = get(db, Blueprint, basis.blueprint_id), basis.order
    draw = PaperDraw(
        blueprint=blueprint,
        kind=order.kind,
        count=order.count,
        overlap=order.overlap,
        seed=order.seed,
        seen=sorted(map(str, order.seen)),
        pool=snapshot(basis.items),
        pool_digest=digest(basis.items),
        rules_digest=rules_digest(blueprint),
        engine=ENGINE,
        created_at=now,
    )
    db.add(draw)
    db.flush()
    keeper = PaperKeeper(db, draw)
    keeper.keep(papers, by=by)
    usage.count(db, keeper.drawn, now=now)
    return draw


def rules_digest(blueprint: Blueprint) -> str:
    """Return the digest of all that a blueprint asks for."""
    return canonical.digest({"rows": blueprint.rows, "rules": blueprint.rules})
