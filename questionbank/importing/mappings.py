"""Which column of a table is what: a person's saved mappings."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.db import only
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from questionbank.importing.models import ColumnMapping


def own(db: Session, *, by: Identity) -> list[ColumnMapping]:
    """Return the caller's mappings by name."""
    return list(db.scalars(select(ColumnMapping).filter_by(account_id=by.account_id).order_by(ColumnMapping.name)))


def save(db: Session, name: str, columns: Mapping[str, str], *, by: Identity, now: datetime) -> ColumnMapping:
    """Save a mapping under a name, in place of the one that had it, and return it."""
    saved = only(db, ColumnMapping, account_id=by.account_id, name=name)
    if saved is None:
        saved = ColumnMapping(account_id=by.account_id, name=name, created_at=now)
        db.add(saved)
    saved.columns = dict(columns)
    db.flush()
    return saved


def find(db: Session, mapping_id: UUID | None, *, by: Identity) -> dict[str, str] | None:
    """Return the columns of a mapping of the caller's, None without one; raises NotFound."""
    if mapping_id is None:
        return None
    saved = only(db, ColumnMapping, id=mapping_id, account_id=by.account_id)
    if saved is None:
        raise NotFound(thing="mapping")
    return dict(saved.columns)
