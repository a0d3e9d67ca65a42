"""互斥题: items that must not stand in one paper, as pairs, or as a family of which each is every other's enemy."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

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


def of_bank(db: Session, bank_id: UUID) -> dict[str, Any]:
    """Return the bank's pairs and families, by code; raises NotFound."""
    get(db, ItemBank, bank_id)
    one, other = aliased(Item), aliased(Item)
    pairs = db.execute(
        select(ItemEnemies, one, other)
        .join(one, one.id == ItemEnemies.item_id)
        .join(other, other.id == ItemEnemies.other_id)
        .where(one.bank_id == bank_id)
        .order_by(one.code, other.code)
    )
    return {
        "pairs": [{"item": left, "other": right, "reason": pair.reason} for pair, left, right in pairs],
        "families": [{"family": name, "items": items} for name, items in _families(db, bank_id).items()],
    }


def groups(db: Session, bank_id: UUID) -> list[frozenset[UUID]]:
    """Return the sets of items of the bank of which a paper holds one at most: pairs and families."""
    pairs = db.execute(
        select(ItemEnemies.item_id, ItemEnemies.other_id)
        .join(Item, Item.id == ItemEnemies.item_id)
        .where(Item.bank_id == bank_id)
    )
    families = (frozenset(item.id for item in items) for items in _families(db, bank_id).values())
    return [*(frozenset((one, other)) for one, other in pairs), *families]


def _families(db: Session, bank_id: UUID) -> dict[str, list[Item]]:
    query = select(Item).where(Item.bank_id == bank_id, Item.family.is_not(None)).order_by(Item.family, Item.code)
    families: dict[str, list[Item]] = {}
    for item in db.scalars(query):
        families.setdefault(str(item.family), []).append(item)
    return families
