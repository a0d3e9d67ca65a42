"""Making a bank secret, and giving secret banks new keys."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get_locked
from examsvc.core.identity import Identity
from questionbank import describing
from questionbank.models import SECRET, Item, ItemBank, ItemVersion
from questionbank.secrecy import keys
from questionbank.secrecy.columns import kept_under


def make_secret(db: Session, bank_id: UUID, *, by: Identity, now: datetime) -> ItemBank:
    """Encrypt all that the bank holds and will hold, and return it; a secret bank stays as it is. There is no way back.

    What its items are found by from then on is codes and tags alone.
    """
    bank = get_locked(db, ItemBank, bank_id)
    if not bank.is_secret:
        _encrypt(db, bank)
        for version in _versions(db, bank_id):
            describing.describe(db, version)
        audit.append(db, f"bank:{bank_id}", "bank.made_secret", by=by, now=now)
    return bank


def rotate_keys(db: Session, bank_id: UUID, *, by: Identity, now: datetime) -> int:
    """Encrypt a secret bank under a fresh data key, wrapped by the present master key; return how many versions.

    What alike items are filed under hangs on the master key, and is made anew.
    """
    bank = get_locked(db, ItemBank, bank_id)
    count = _encrypt(db, bank)
    for version in _versions(db, bank_id):
        describing.describe(db, version)
    audit.append(db, f"bank:{bank_id}", "bank.keys_rotated", by=by, now=now, versions=count)
    return count


def secret_banks(db: Session) -> list[ItemBank]:
    """Return the secret banks by name."""
    return list(db.scalars(select(ItemBank).where(ItemBank.wrapped_key.is_not(None)).order_by(ItemBank.name)))


def _encrypt(db: Session, bank: ItemBank) -> int:
    bank.wrapped_key = wrapped = keys.new_wrapped()
    db.flush()
    columns = [getattr(ItemVersion, name) for name in SECRET]
    query = select(ItemVersion.id, *columns).join(Item).where(Item.bank_id == bank.id)
    rows: list[dict[str, Any]] = [
        {"id": key, **{name: kept_under(value, wrapped) for name, value in zip(SECRET, values, strict=True)}}
        for key, *values in db.execute(query)
    ]
    if rows:
        db.execute(update(ItemVersion), rows)
    for version in _versions(db, bank.id):
        db.expire(version, SECRET)
    return len(rows)


def _versions(db: Session, bank_id: UUID) -> list[ItemVersion]:
    return list(db.scalars(select(ItemVersion).join(Item).where(Item.bank_id == bank_id)))
