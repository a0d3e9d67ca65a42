"""Inserting new items and drafts: what every way of writing ends in, with one item or ten thousand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from examsvc.core import ids
from examsvc.core.identity import Identity
from questionbank.lifecycle import ItemState
from questionbank.models import SECRET, Item, ItemBank, ItemVersion
from questionbank.secrecy.columns import kept_under

ITEMS, VERSIONS = (cast("Table", model.__table__) for model in (Item, ItemVersion))


@dataclass(frozen=True)
class NewVersion:
    """A version to be inserted; `columns` are those of ItemVersion that its author decides."""

    item_id: UUID
    code: str
    number: int
    columns: Mapping[str, Any]

    @property
    def audit_stream(self) -> str:
        return f"item:{self.item_id}"


def insert_items(db: Session, rows: Sequence[dict[str, Any]]) -> None:
    """Insert items by the columns that they are given."""
    db.flush()
    db.execute(insert(ITEMS), rows)


def insert_drafts(
    db: Session, bank: ItemBank, drafts: Sequence[NewVersion], *, by: Identity, now: datetime
) -> list[UUID]:
    """Insert drafts of items of the bank and return the ids of the versions; a secret bank's are stored encrypted."""
    rows = [_row(bank, draft, by, now) for draft in drafts]
    db.execute(insert(VERSIONS), rows)
    return [row["id"] for row in rows]


def _row(bank: ItemBank, draft: NewVersion, by: Identity, now: datetime) -> dict[str, Any]:
    return {
        "id": ids.new_id(),
        "item_id": draft.item_id,
        "bank_id": bank.id,
        "code": draft.code,
        "number": draft.number,
        "state": ItemState.DRAFT,
        "author_id": by.account_id,
        "created_at": now,
        **_sealed(draft.columns, bank.wrapped_key),
    }


def _sealed(columns: Mapping[str, Any], wrapped: str | None) -> dict[str, Any]:
    if wrapped is None:
        return dict(columns)
    return {name: kept_under(value, wrapped) if name in SECRET else value for name, value in columns.items()}
