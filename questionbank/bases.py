"""What papers are drawn from: the pool of a bank with the rules of a blueprint, as they are at one moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from examsvc.core.db import get
from examsvc.registry.models import KnowledgePoint
from questionbank import pooling
from questionbank.assembly.eligibility import eligible
from questionbank.assembly.pool import EXPECTED_SECONDS, PoolItem
from questionbank.assembly.reading import policy_of
from questionbank.composing import Order, Sheet, compose
from questionbank.kinds import Difficulty, Importance, ItemType
from questionbank.models import Blueprint, Item, ItemVersion
from questionbank.registration import registering

UNUSED: tuple[int, datetime | None] = (0, None)


@dataclass(frozen=True)
class Basis:
    """All that a draw depends on, as it was read at one moment; drawing from it needs no database."""

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
    items = eligible(pool(db, blueprint.bank_id), policy_of(rules or {}), now).items
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
