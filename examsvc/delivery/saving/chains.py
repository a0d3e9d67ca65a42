"""The hash chain of a sitting's responses. Pure."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from examsvc.core import canonical
from examsvc.delivery.saving.entries import Entry

CHAINED = ("sitting_id", "epoch", "seq", "item_ref", "answer", "flagged", "client_at", "received_at")
Row = dict[str, Any]


def link(previous: str, row: Row) -> str:
    """Return the chain value of a response: SHA-256 of the canonical JSON of the value before and the response."""
    return canonical.digest({"prev": previous, **{name: row[name] for name in CHAINED}})


def linked(head: str, sitting_id: UUID, epoch: int, entries: Iterable[Entry], received_at: datetime) -> list[Row]:
    """Return the entries as rows of the log, each with its chain value; `head` is the value they follow."""
    rows = []
    for entry in entries:
        row: Row = {
            "sitting_id": sitting_id,
            "epoch": epoch,
            "seq": entry.seq,
            "item_ref": entry.item_ref,
            "answer": entry.answer,
            "flagged": entry.flagged,
            "client_at": entry.client_at,
            "received_at": received_at,
        }
        head = row["chain"] = link(head, row)
        rows.append(row)
    return rows
