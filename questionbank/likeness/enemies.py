"""互斥题: items that must not stand in one paper, as pairs, or as a family of which each is every other's enemy."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, joinedload

from examsvc.core import audit
from examsvc.core.db import get, get_locked
from examsvc.core.identity import Identity
from questionbank.errors import NoEnemies
from questionbank.likeness.models import ItemEnemies
from questionbank.models import Item, ItemBank


def oppose(
    db: Session, bank_id: UUID, one_id: UUID, other_id: UUID, *, reason: str, by: Identity, now: datetime
) -> ItemEnemies:
    """Make two items of a bank enemies and return the pair, the same when they are already; raises NoEnemies."""
    one, other = sorted((get(db, Item, one_id), get(db, Item, other_id)), key=lambda item: item.id)
    if one is other or {one.bank_id, other.bank_id} != {bank_id}:
        raise NoEnemies
    found = db.get(ItemEnemies, (one.id, other.id))
    if found is not None:
        return found
    pair = ItemEnemies(item_id=one.id, other_id=other.id, reason=reason, created_at=now)
    db.add(pair)
    audit.append(db, f"item:{one.id}", "item.opposed", by=by, now=now, other=other.code, reason=reason)
    return pair


def reconcile(db: Session, one_id: UUID, other_id: UUID, *, by: Identity, now: datetime) -> None:
    """Let two items meet again; raises NotFound when they are no pair of enemies."""
    first, second = sorted((one_id, other_id))
    db.delete(get(db, ItemEnemies, (first, second)))
    audit.append(db, f"item:{first}", "item.reconciled", by=by, now=now, other=get(db, Item, second).code)


def join_family(db: Session, item_id: UUID, family: str | None, *, by: Identity, now: datetime) -> Item:
    """Put the item into a family of enemies, or into none, and return it; raises NotFound."""
    item = get_locked(db, Item, item_id)
    item.family = family or None
    audit.append(db, f"item:{item_id}", "item.joined_family", by=by, now=now, family=item.family)
    return item


def pairs(db: Session, bank_id: UUID) -> list[ItemEnemies]:
    """Return the bank's pairs of enemies with their items, by code."""
    found = db.scalars(_with_items(ItemEnemies.item.has(bank_id=bank_id)))
    return sorted(found, key=lambda pair: (pair.item.code, pair.other.code))


def of_bank(db: Session, bank_id: UUID) -> dict[str, Any]:
    """Return the bank's pairs and families, by code; raises NotFound."""
    get(db, ItemBank, bank_id)
    families: dict[str, list[Item]] = {}
    for item in db.scalars(_in_families().where(Item.bank_id == bank_id)):
        families.setdefault(str(item.family), []).append(item)
    told = [{"family": name, "items": items} for name, items in families.items()]
    return {"pairs": pairs(db, bank_id), "families": told}


def of_item(db: Session, item_id: UUID) -> dict[str, Any]:
    """Return the item, its relatives in its family and its enemies with the reasons, by code; raises NotFound."""
    item = get(db, Item, item_id)
    either = (ItemEnemies.item_id == item_id) | (ItemEnemies.other_id == item_id)
    found = ((pair.other if pair.item is item else pair.item, pair.reason) for pair in db.scalars(_with_items(either)))
    relatives = _in_families().where(Item.bank_id == item.bank_id, Item.family == item.family, Item.id != item_id)
    return {
        "item": item,
        "relatives": list(db.scalars(relatives)),
        "enemies": [{"item": enemy, "reason": why} for enemy, why in sorted(found, key=lambda one: one[0].code)],
    }


def _in_families() -> Select[Item]:
    return select(Item).where(Item.family.is_not(None)).order_by(Item.family, Item.code)


def _with_items(condition: ColumnElement[bool]) -> Select[ItemEnemies]:
    return select(ItemEnemies).where(condition).options(joinedload(ItemEnemies.item), joinedload(ItemEnemies.other))
