"""Blueprints, and papers drawn from them and stored."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from examsvc.core import canonical
from examsvc.core.db import get
from examsvc.core.identity import Identity
from examsvc.registry.models import KnowledgePoint
from questionbank import facts, pooling, usage
from questionbank.assembly.eligibility import eligible
from questionbank.assembly.model import FULL_MARKS
from questionbank.assembly.pool import EXPECTED_SECONDS, PoolItem
from questionbank.assembly.reading import plan_of, rows_of_cells
from questionbank.assembly.shares import is_share
from questionbank.assembly.snapshots import digest, snapshot
from questionbank.calibrations import keeping as calibrations
from questionbank.calibrations.models import ItemCalibration
from questionbank.composing import ENGINE, Order, Sheet, compose
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
    if (whole := sum(row.count * row.points for row in rows)) != FULL_MARKS:
        raise BadBlueprint(reason=f"it has {whole / 100:g} points, not 100")
    theory = sum(task.theory_share for task in bank.specification.work_tasks)
    for task in bank.specification.work_tasks:
        points = sum(row.count * row.points for row in rows if row.work_task == task.number)
        if theory and not is_share(points, Fraction(FULL_MARKS * task.theory_share, theory)):
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
    measured = calibrations.of_bank(db, bank_id)
    return [
        _pool_item(version, *uses.get(version.item_id, UNUSED), enemies[version.item_id], measured.get(version.id))
        for version in versions
    ]


def _pool_item(
    version: ItemVersion,
    uses: int,
    last_used: datetime | None,
    enemies: frozenset[UUID],
    measured: ItemCalibration | None,
) -> PoolItem:
    """Return what a draw sees; of a secret bank not where the key stands, for pools are kept unencrypted."""
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
        stimulus=facts.stimulus(version.tags),
        key_position=None
        if version.is_secret
        else facts.key_position(ItemType(version.type), version.content, version.key),
        information=measured.information if measured else 0.0,
        expected=measured.expected if measured else 0.0,
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
    blueprint = get(db, Blueprint, blueprint_id)
    rules = blueprint.rules
    items = eligible(pool(db, blueprint.bank_id), pooling.policy(db, rules or {}), now).items
    draw = PaperDraw(
        blueprint=blueprint,
        kind=order.kind,
        count=order.count,
        overlap=order.overlap,
        seed=order.seed,
        seen=sorted(map(str, order.seen)),
        pool=snapshot(items),
        pool_digest=digest(items),
        rules_digest=rules_digest(blueprint),
        engine=ENGINE,
        created_at=now,
    )
    db.add(draw)
    db.flush()
    keeper = PaperKeeper(db, draw)
    for number, sheet in enumerate(shown(compose(blueprint.rows, rules, items, order)), start=1):
        keeper.keep(number, sheet, by=by)
    usage.count(db, keeper.drawn, now=now)
    return draw


def rules_digest(blueprint: Blueprint) -> str:
    """Return the digest of all that a blueprint asks for."""
    return canonical.digest({"rows": blueprint.rows, "rules": blueprint.rules})
