"""Imports read again: the list of a bank's, one whole, and what it could not model."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from examsvc.core.db import get
from questionbank.importing.models import ImportLeftover, ItemImport
from questionbank.models import ItemBank

MOST_LISTED = 100


def of_bank(db: Session, bank_id: UUID) -> list[ItemImport]:
    """Return the bank's imports, newest first; raises NotFound."""
    get(db, ItemBank, bank_id)
    query = select(ItemImport).filter_by(bank_id=bank_id).options(joinedload(ItemImport.account))
    return list(db.scalars(query.order_by(ItemImport.created_at.desc(), ItemImport.id.desc()).limit(MOST_LISTED)))


def one(db: Session, import_id: UUID) -> ItemImport:
    """Return an import; raises NotFound."""
    query = select(ItemImport).filter_by(id=import_id).options(joinedload(ItemImport.account))
    return db.scalars(query).one_or_none() or get(db, ItemImport, import_id)


def leftovers(db: Session, import_id: UUID) -> list[ImportLeftover]:
    """Return what the import could not model, in the order of the file; raises NotFound."""
    get(db, ItemImport, import_id)
    return list(db.scalars(select(ImportLeftover).filter_by(import_id=import_id).order_by(ImportLeftover.number)))
