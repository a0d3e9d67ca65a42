"""Proving a registered bank: every item version still says what was registered, and none came or went."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from examsvc.core import canonical
from examsvc.core.db import get
from questionbank.models import ItemVersion
from questionbank.registration import manifest, registering
from questionbank.registration.manifest import Entry
from questionbank.registration.models import BankVersion, BankVersionItem


def manifest_of(db: Session, bank_version_id: UUID) -> dict[str, Any]:
    """Return the manifest as it was registered, with its digest; raises NotFound."""
    found = get(db, BankVersion, bank_version_id)
    entries = [
        Entry(row.item_version.item.code, row.item_version.number, row.item_version_id, row.digest)
        for row in _rows(db, bank_version_id)
    ]
    return {"manifest": _manifest(found, entries), "digest": found.digest}


def verify(db: Session, bank_version_id: UUID) -> dict[str, Any]:
    """Return whether the registered bank holds: its digest computed afresh, and the items that say something else.

    An altered item gives another digest, and so does one that was added or taken away; raises NotFound.
    """
    found = get(db, BankVersion, bank_version_id)
    rows = _rows(db, bank_version_id)
    entries = [registering.entry_of(row.item_version) for row in rows]
    altered = [entry.code for row, entry in zip(rows, entries, strict=True) if row.digest != entry.digest]
    computed = canonical.digest(_manifest(found, entries))
    return {"digest": found.digest, "computed": computed, "holds": computed == found.digest, "altered": altered}


def _manifest(found: BankVersion, entries: Sequence[Entry]) -> dict[str, Any]:
    return manifest.of(found.bank_id, found.bank.specification_id, found.number, entries)


def _rows(db: Session, bank_version_id: UUID) -> Sequence[BankVersionItem]:
    version = joinedload(BankVersionItem.item_version).joinedload(ItemVersion.item)
    return db.scalars(select(BankVersionItem).filter_by(bank_version_id=bank_version_id).options(version)).all()
