"""Everything that happened in one sitting, in one order of time."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.accounts.models import Account
from examsvc.core import audit
from examsvc.core.identity import Identity
from proctoring import incidents, membership, snapshots
from proctoring.models import Command, CommandReceipt, ProctorEvent, Snapshot

MOST_ENTRIES = 2_000
Entry = dict[str, Any]


def timeline(db: Session, sitting_id: UUID, *, by: Identity) -> dict[str, Any]:
    """Return the sitting's newest entries, oldest first, and whether the chain of its snapshots holds.

    An entry says when (`at`), of which `type`, what (`kind`), by whom, and details. Raises NotFound.
    """
    sitting = membership.watched_sitting(db, sitting_id, by=by)
    entries = [
        *_events(db, sitting_id),
        *_commands(db, sitting_id),
        *_incidents(db, sitting_id, by),
        *_snapshots(db, sitting_id),
        *_changes(db, sitting.audit_stream),
    ]
    entries.sort(key=lambda entry: (entry["at"], entry["type"]))
    return {"items": entries[-MOST_ENTRIES:], "first_broken_snapshot": snapshots.verify(db, sitting_id)}


def _entry(at: datetime, type_: str, kind: str, **rest: Any) -> Entry:
    return {"at": at, "type": type_, "kind": kind, "detail": {}, **rest}


def _events(db: Session, sitting_id: UUID) -> Iterator[Entry]:
    for event in db.scalars(select(ProctorEvent).filter_by(sitting_id=sitting_id)):
        yield _entry(event.at, "EVENT", event.kind, id=event.id, client_at=event.client_at, detail=event.detail)


def _commands(db: Session, sitting_id: UUID) -> Iterator[Entry]:
    query = (
        select(Command, CommandReceipt.shown_at, Account.display_name)
        .join(CommandReceipt, CommandReceipt.command_id == Command.id)
        .join(Account, Account.id == Command.by_account_id)
        .where(CommandReceipt.sitting_id == sitting_id)
    )
    for command, shown_at, name in db.execute(query):
        detail = {"text": command.text, "seconds": command.seconds, "for_all": command.sitting_id is None}
        yield _entry(command.at, "COMMAND", command.kind, id=command.id, by=name, shown_at=shown_at, detail=detail)


def _incidents(db: Session, sitting_id: UUID, by: Identity) -> Iterator[Entry]:
    for incident in incidents.incidents(db, sitting_id, by=by):
        detail = {"category": incident.category, "note": incident.note, "state": incident.state}
        yield _entry(incident.opened_at, "INCIDENT", incident.category, id=incident.id, detail=detail)


def _snapshots(db: Session, sitting_id: UUID) -> Iterable[Entry]:
    query = select(Snapshot).filter_by(sitting_id=sitting_id)
    for each in db.scalars(query):
        yield _entry(each.received_at, "SNAPSHOT", each.reason, id=each.id, detail={"seq": each.seq, "size": each.size})


def _changes(db: Session, stream: str) -> Iterator[Entry]:
    """Return what the audit log says of the sitting; incidents have entries of their own above."""
    for entry in audit.history(db, stream):
        if entry.action != "incident.opened":
            yield _entry(entry.at, "CHANGE", entry.action, id=entry.id, by=entry.actor_name, detail=entry.detail)
