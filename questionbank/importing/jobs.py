"""Taking a large file over as a job."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.accounts.roles import Role
from examsvc.core.db import Database, get
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.core.jobs import asking
from examsvc.core.jobs.kinds import Asked, Kind, Write
from examsvc.core.jobs.models import Job
from examsvc.core.jobs.progress import Progress
from questionbank.errors import ImportTaken
from questionbank.importing import preparing, taking
from questionbank.importing.kinds import ImportState
from questionbank.importing.models import ItemImport

MOST_AT_ONCE = 200
"""So many items are taken over while whoever asks waits; it takes about a second."""


def is_large(found: ItemImport) -> bool:
    """Return whether the import is taken over by a job."""
    return _size(found) > MOST_AT_ONCE


def ask(db: Session, import_id: UUID, *, leave_errors: bool, by: Identity, now: datetime) -> Job:
    """Ask for an import to be taken over and return the job; raises NotFound for another's import, ImportTaken."""
    found = get(db, ItemImport, import_id)
    if found.account_id != by.account_id:
        raise NotFound(thing="import")
    if found.state == ImportState.TAKEN:
        raise ImportTaken
    payload = {"import_id": import_id, "leave_errors": leave_errors}
    return asking.ask(db, KIND, payload, label=found.file_name, about=import_id, by=by, now=now)


def _size(found: ItemImport) -> int:
    return sum(found.report["outcomes"].values())


def _prepare(database: Database, asked: Asked, progress: Progress) -> Write:
    import_id = UUID(asked.payload["import_id"])
    with database.reading() as db:
        progress.begin(_size(get(db, ItemImport, import_id)))
        prepared = preparing.prepare(db, import_id, by=asked.by, shown=progress.passing)

    def write(db: Session, now: datetime) -> dict[str, Any]:
        found = taking.take(
            db,
            import_id,
            leave_errors=asked.payload["leave_errors"],
            by=asked.by,
            now=now,
            shown=lambda batches: progress.passing(batches, len),
            prepared=prepared,
        )
        return {"import_id": import_id, "bank_id": found.bank_id, "outcomes": found.report["outcomes"]}

    return write


KIND = Kind("IMPORT", frozenset({Role.AUTHOR}), _prepare)
