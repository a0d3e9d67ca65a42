"""Reading, checking and placing what a file brings before anything is written, so that writing is short."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import blobs
from examsvc.core.db import get
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from questionbank.errors import ImportTaken
from questionbank.importing import looking, planning, readying, storing
from questionbank.importing.kinds import ImportState
from questionbank.importing.looking import Report
from questionbank.importing.models import ItemImport
from questionbank.importing.opening import opened
from questionbank.importing.readying import Ready
from questionbank.importing.spooling import Spool
from questionbank.interchange import reading
from questionbank.interchange.model import Format
from questionbank.models import ItemBank

Shown = Callable[[Iterator[Ready]], Iterator[Ready]]


@dataclass(frozen=True)
class Prepared:
    """What a file brings, on disk; `report` holds what it tells beside its items."""

    report: Report
    ready: Spool
    leftovers: Spool

    def items(self) -> Iterator[Ready]:
        """Yield the items in the order of the file."""
        return (readying.from_json(said) for said in self.ready)


def prepare(db: Session, import_id: UUID, *, by: Identity, shown: Shown = iter) -> Prepared:
    """Return what the file of an import brings; writes no row, only the files that its items show.

    `shown` passes the items on as they are read, to show progress.

    Raises NotFound for another's import, ImportTaken, FileRefused.
    """
    found = untaken(get(db, ItemImport, import_id), by=by)
    bank = get(db, ItemBank, found.bank_id)
    where = planning.places(db, bank, found.knowledge_point_id)
    with opened(found.file_name, storing.file_of(found)) as path:
        read = reading.read(path, Format(found.format), found.mapping)
        prepared = Prepared(Report(read.format), Spool(bank.wrapped_key), Spool(bank.wrapped_key))
        events = storing.spooling(prepared.leftovers, read.events)
        for one in shown(looking.made_ready(events, where, blobs.put, prepared.report)):
            prepared.ready.add(one.as_json())
    return prepared


def untaken(found: ItemImport, *, by: Identity) -> ItemImport:
    """Return an import that this person may take over; raises NotFound for another's, ImportTaken."""
    if found.account_id != by.account_id:
        raise NotFound(thing="import")
    if found.state == ImportState.TAKEN:
        raise ImportTaken
    return found
