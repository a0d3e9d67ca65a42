"""Looking at a file for a bank, and taking it over: one transaction, and the same file again changes nothing."""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get, get_locked
from examsvc.core.identity import Identity
from questionbank import authoring, describing
from questionbank.authoring import NewItem, NextVersion
from questionbank.errors import ImportHasErrors
from questionbank.importing import looking, planning, preparing, storing
from questionbank.importing.kinds import ImportState, Outcome
from questionbank.importing.looking import Report
from questionbank.importing.models import ItemImport
from questionbank.importing.opening import opened
from questionbank.importing.planning import Existing, Plan
from questionbank.importing.preparing import Prepared
from questionbank.importing.readying import Ready
from questionbank.interchange import reading
from questionbank.interchange.model import Format
from questionbank.media import keeping
from questionbank.models import ItemBank

Shown = Callable[[Iterator[Sequence[Plan]]], Iterator[Sequence[Plan]]]


@dataclass(frozen=True)
class Sent:
    """A file as it was sent; `mapping` names the columns of a table, the point is for items that name none."""

    name: str
    data: bytes
    format: Format | None = None
    mapping: Mapping[str, str] | None = None
    knowledge_point_id: UUID | None = None


def look(db: Session, bank_id: UUID, sent: Sent) -> Report:
    """Return what taking the file over would do; writes nothing. Raises NotFound, FileRefused."""
    bank = get(db, ItemBank, bank_id)
    where = planning.places(db, bank, sent.knowledge_point_id)
    with opened(sent.name, sent.data) as path:
        read = reading.read(path, sent.format, sent.mapping)
        report = Report(read.format)
        items = looking.made_ready(read.events, where, keeping.digest_of, report)
        for _ in looking.plans(db, bank_id, items, report):
            pass
    return report


def remember(db: Session, bank_id: UUID, sent: Sent, report: Report, *, by: Identity, now: datetime) -> ItemImport:
    """Keep the file and what was found in it, to be taken over later, and return the import."""
    bank = get(db, ItemBank, bank_id)
    found = ItemImport(
        bank_id=bank_id,
        account_id=by.account_id,
        file_name=sent.name[:200],
        digest=storing.put_file(bank, sent.data),
        format=report.format,
        mapping=dict(sent.mapping) if sent.mapping else None,
        knowledge_point_id=sent.knowledge_point_id,
        report=storing.kept(bank, report.as_json()),
        created_at=now,
    )
    db.add(found)
    db.flush()
    return found


def take(
    db: Session,
    import_id: UUID,
    *,
    leave_errors: bool,
    by: Identity,
    now: datetime,
    shown: Shown = iter,
    prepared: Prepared | None = None,
) -> ItemImport:
    """Take over what was looked at, and return the import with the report of what was done.

    `shown` passes the batches on as they are written, to show progress. What was `prepared` before the transaction
    began keeps other writers waiting for a quarter of the time.

    Raises NotFound for another's import, ImportTaken, and ImportHasErrors unless errors are to be left out.
    """
    found = preparing.untaken(get_locked(db, ItemImport, import_id), by=by)
    ready = prepared or preparing.prepare(db, import_id, by=by)
    report = _write(db, found, ready, by=by, now=now, shown=shown)
    if report.refused and not leave_errors:
        raise ImportHasErrors(count=report.refused)
    found = db.get_one(ItemImport, import_id)
    bank = get(db, ItemBank, found.bank_id)
    storing.write_leftovers(db, import_id, bank, ready.leftovers)
    found.report, found.state, found.taken_at = storing.kept(bank, report.as_json()), ImportState.TAKEN, now
    describing.soon(db)
    counts = {str(outcome).lower(): report.outcomes[outcome] for outcome in Outcome}
    audit.append(db, f"bank:{found.bank_id}", "items.imported", by=by, now=now, file=found.digest, **counts)
    return found


def _write(db: Session, found: ItemImport, prepared: Prepared, *, by: Identity, now: datetime, shown: Shown) -> Report:
    """Write every item that comes in; memory does not grow with the file."""
    bank_id, report = found.bank_id, copy.deepcopy(prepared.report)
    for batch in shown(looking.plans(db, bank_id, prepared.items(), report, is_locked=True)):
        _write_batch(db, bank_id, batch, by=by, now=now)
        db.flush()
        db.expunge_all()
    return report


def _write_batch(db: Session, bank_id: UUID, batch: Sequence[Plan], *, by: Identity, now: datetime) -> None:
    written = [plan for plan in batch if plan.outcome in (Outcome.NEW, Outcome.CHANGED)]
    keeping.keep_all(db, bank_id, (file for plan in written for file in plan.ready.media), by=by, now=now)
    if new := [_new(plan.code, plan.ready) for plan in written if plan.existing is None]:
        authoring.write_items(db, bank_id, new, by=by, now=now)
    if changed := [_next(plan.existing, plan.ready) for plan in written if plan.existing]:
        authoring.write_versions(db, bank_id, changed, by=by, now=now)


def _new(code: str, ready: Ready) -> NewItem:
    return NewItem(code, ready.told, external_id=ready.external_id, source_extras=ready.extras)


def _next(existing: Existing, ready: Ready) -> NextVersion:
    return NextVersion(existing.id, existing.code, existing.number + 1, ready.told)
