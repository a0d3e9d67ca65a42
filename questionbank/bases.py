"""What papers are drawn from, as it was read at one moment, and the papers that it gives."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from examsvc.core.db import get
from examsvc.registry.models import KnowledgePoint
from questionbank import facts, pooling
from questionbank.assembly.eligibility import eligible
from questionbank.assembly.pool import EXPECTED_SECONDS, PoolItem
from questionbank.calibrations import keeping as calibrations
from questionbank.calibrations.models import ItemCalibration
from questionbank.composing import Order, Sheet, compose
from questionbank.kinds import Difficulty, Importance, ItemType
from questionbank.models import Blueprint, Item, ItemVersion
from questionbank.paper_lines import Laid, PaperLines
from questionbank.registration import registering

UNUSED: tuple[int, datetime | None] = (0, None)


@dataclass(frozen=True)
class Basis:
    """All that a draw depends on; drawing from it needs no database."""

    blueprint_id: UUID
    rows: list[dict[str, Any]]
    rules: dict[str, Any] | None
    items: tuple[PoolItem, ...]
    order: Order

    def sheets(self) -> Iterator[Sheet]:
        """Draw paper after paper; raises PoolTooSmall, NoForm, FormsTooUnlike, ExposureExhausted, DrawUndecided."""
        return compose(self.rows, self.rules, self.items, self.order)


def read(db: Session, blueprint_id: UUID, order: Order, *, now: datetime) -> Basis:
    """Return what papers are drawn from; raises NotFound."""
    blueprint = get(db, Blueprint, blueprint_id)
    rows, rules = blueprint.rows, blueprint.rules
    items = eligible(pool(db, blueprint.bank_id), pooling.policy(db, rules or {}), now).items
    return Basis(blueprint_id, rows, rules, tuple(items), order)


def pool(db: Session, bank_id: UUID) -> list[PoolItem]:
    """Return the versions that may be drawn: released, and in the registered version of the bank if there is one."""
    query = (
        select(ItemVersion)
        .join(Item)
        .where(Item.bank_id == bank_id, registering.drawable(db, bank_id))
        .options(
            joinedload(ItemVersion.knowledge_point).joinedload(KnowledgePoint.work_task), joinedload(ItemVersion.item)
        )
    )
    versions = db.scalars(query).all()
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


def laid_out(db: Session, basis: Basis, sheets: Iterable[Sheet]) -> Iterator[Laid]:
    """Yield the lines of the papers drawn from the basis, in their order; reads, but writes nothing."""
    lines = PaperLines(db, basis.order.seed)
    return (lines.of(number, sheet) for number, sheet in enumerate(sheets, start=1))
