"""What came, went or was worded anew between two registered versions of a bank."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.db import get
from examsvc.core.errors import NotFound
from questionbank.models import ItemVersion
from questionbank.registration.models import BankVersion, BankVersionItem


def between(db: Session, earlier_id: UUID, later_id: UUID) -> dict[str, Any]:
    """Return the items that one registered version has and the other has not, and those that say something else.

    By code, each with its version's number before and after. Raises NotFound, also for versions of different banks.
    """
    earlier, later = get(db, BankVersion, earlier_id), get(db, BankVersion, later_id)
    if earlier.bank_id != later.bank_id:
        raise NotFound(thing="registered version of this bank")
    before, after = _said(db, earlier_id), _said(db, later_id)
    return {
        "added": [_change(code, None, after[code]) for code in sorted(after.keys() - before.keys())],
        "removed": [_change(code, before[code], None) for code in sorted(before.keys() - after.keys())],
        "changed": [
            _change(code, before[code], after[code])
            for code in sorted(before.keys() & after.keys())
            if before[code] != after[code]
        ],
    }


def _said(db: Session, bank_version_id: UUID) -> dict[str, tuple[int, str]]:
    query = select(ItemVersion.code, ItemVersion.number, BankVersionItem.digest).join(BankVersionItem.item_version)
    rows = db.execute(query.where(BankVersionItem.bank_version_id == bank_version_id))
    return {code: (number, digest) for code, number, digest in rows}


def _change(code: str, before: tuple[int, str] | None, after: tuple[int, str] | None) -> dict[str, Any]:
    return {"code": code, "before": before[0] if before else None, "after": after[0] if after else None}
