"""Looking at a file for a bank, and taking it over: one transaction, and the same file again changes nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get, get_locked
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from questionbank import authoring, describing
from questionbank.authoring import NewItem
from questionbank.errors import ImportHasErrors, ImportTaken
from questionbank.importing import looking, planning, storing
from questionbank.importing.kinds import ImportState, Outcome
from questionbank.importing.looking import Report
from questionbank.importing.models import ItemImport
from questionbank.importing.opening import opened
from questionbank.importing.planning import Plan
from questionbank.interchange import reading
from questionbank.interchange.model import Format, Reading
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
        for _ in looking.plans(db, bank_id, read.events, where, report):
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
    db: Session, import_id: UUID, *, leave_errors: bool, by: Identity, now: datetime, shown: Shown = iter
) -> ItemImport:
    """Take over what was looked at, and return the import with the report of what was done.

    `shown` passes the batches on as they are written, to show progress.

    Raises NotFound for another's import, ImportTaken, and ImportHasErrors unless errors are to be left out.
    """
    found = get_locked(db, ItemImport, import_id)
    if found.account_id != by.account_id:
        raise NotFound(thing="import")
    if found.state == ImportState.TAKEN:
        raise ImportTaken
    with opened(found.file_name, storing.file_of(found)) as path:
        read = reading.read(path, Format(found.format), found.mapping)
        report = write(db, found, read, by=by, now=now, shown=shown)
    if report.refused and not leave_errors:
        raise ImportHasErrors(count=report.refused)
    found = db.get_one(ItemImport, import_id)
    bank = get(db, ItemBank, found.bank_id)
    found.report, found.state, found.taken_at = storing.kept(bank, report.as_json()), ImportState.TAKEN, now
    describing.soon(db)
    counts = {str(outcome).lower(): report.outcomes[outcome] for outcome in Outcome}
    audit.append(db, f"bank:{found.bank_id}", "items.imported", by=by, now=now, file=found.digest, **counts)
    return found


def write(db: Session, found: ItemImport, read: Reading, *, by: Identity, now: datetime, shown: Shown = iter) -> Report:
    """Write every item that comes in and keep what could not be modelled; memory does not grow with the file."""
    import_id, bank_id = found.id, found.bank_id
    bank = get(db, ItemBank, bank_id)
    where = planning.places(db, bank, found.knowledge_point_id)
    report = Report(read.format)
    events = storing.leaving(db, import_id, bank.wrapped_key, read.events)
    for batch in shown(looking.plans(db, bank_id, events, where, report)):
        _write(db, bank_id, batch, by=by, now=now)
        db.flush()
        db.expunge_all()
    return report


def _write(db: Session, bank_id: UUID, batch: Sequence[Plan], *, by: Identity, now: datetime) -> None:
    written = [plan for plan in batch if plan.wording is not None]
    for plan in written:
        for medium in plan.item.media:
            keeping.keep(db, bank_id, medium.name, medium.data, by=by, now=now)
        if plan.existing_id and plan.wording:
            authoring.write_version(db, plan.existing_id, plan.wording, by=by, now=now)
    new = [_new(plan) for plan in written if plan.existing_id is None]
    if new:
        authoring.write_items(db, bank_id, new, by=by, now=now)


def _new(plan: Plan) -> NewItem:
    assert plan.wording is not None  # noqa: S101 (told to the type checker)
    item = plan.item
    return NewItem(plan.code, plan.wording, external_id=item.external_id, source_extras=item.extras)
