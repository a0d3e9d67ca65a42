"""Who looked at what a bank holds, and what was done to its secrecy, from the audit trail."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit, cursors
from examsvc.core.audit import AuditEntry
from examsvc.core.db import get
from questionbank.models import Item, ItemBank

PAGE_SIZE = 50
OF_ITEMS = ("item.read", "item.viewed")
OF_THE_BANK = ("bank.made_secret", "bank.keys_rotated", "bank.export_asked", "bank.export_granted", "bank.exported")


def page(db: Session, bank_id: UUID, *, after: str = "") -> dict[str, Any]:
    """Return a page of the looks at the bank's items and of what was done to its secrecy, newest first.

    `after` is the cursor of the page before. Raises NotFound, BadCursor.
    """
    get(db, ItemBank, bank_id)
    codes = {
        f"item:{key}": (key, code) for key, code in db.execute(select(Item.id, Item.code).filter_by(bank_id=bank_id))
    }
    before = cursors.read(after) if after else None
    streams = [f"bank:{bank_id}", *codes]
    rows = audit.newest(db, streams, (*OF_ITEMS, *OF_THE_BANK), before=before, most=PAGE_SIZE + 1)
    last = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
    return {
        "items": [_told(entry, *codes.get(entry.stream, (None, None))) for entry in rows[:PAGE_SIZE]],
        "next": cursors.write(last.at, last.id) if last else None,
    }


def _told(entry: AuditEntry, item_id: UUID | None, code: str | None) -> dict[str, Any]:
    said: dict[str, datetime | str] = {"at": entry.at, "actor": entry.actor_name, "action": entry.action}
    known = {name: entry.detail.get(name) for name in ("version", "reason")}
    return {"entry_id": entry.id, **said, **known, "item_id": item_id, "code": code}
