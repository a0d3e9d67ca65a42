"""Imports read again: the list of a bank's, one whole, and what it could not model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from examsvc.core import audit
from examsvc.core.db import get
from examsvc.core.identity import Identity
from questionbank.importing import storing
from questionbank.importing.kinds import ImportState
from questionbank.importing.looking import MOST_LINES
from questionbank.importing.models import ImportLeftover, ItemImport
from questionbank.importing.opening import opened
from questionbank.interchange import reading
from questionbank.interchange.model import Format, Unsupported
from questionbank.models import ItemBank

MOST_LISTED = 100


@dataclass(frozen=True)
class Leftover:
    """What taking the file over would keep as its source."""

    number: int
    where: str
    kind: str
    detail: str
    source: str


def of_bank(db: Session, bank_id: UUID) -> list[ItemImport]:
    """Return the bank's imports, newest first; raises NotFound."""
    get(db, ItemBank, bank_id)
    query = select(ItemImport).filter_by(bank_id=bank_id).options(joinedload(ItemImport.account))
    return list(db.scalars(query.order_by(ItemImport.created_at.desc(), ItemImport.id.desc()).limit(MOST_LISTED)))


def one(db: Session, import_id: UUID) -> ItemImport:
    """Return an import; raises NotFound."""
    query = select(ItemImport).filter_by(id=import_id).options(joinedload(ItemImport.account))
    return db.scalars(query).one_or_none() or get(db, ItemImport, import_id)


def view(db: Session, import_id: UUID, *, by: Identity, now: datetime) -> ItemImport:
    """Return an import for whoever reads it; of a secret bank it is put on record. Raises NotFound."""
    found = one(db, import_id)
    if found.bank.is_secret:
        audit.append(db, f"bank:{found.bank_id}", "import.read", by=by, now=now, file=found.digest)
    return found


def leftovers(db: Session, import_id: UUID) -> Sequence[ImportLeftover | Leftover]:
    """Return what the import could not model, in the order of the file; raises NotFound.

    Before it is taken over the file itself tells, of the first MOST_LINES.
    """
    found = get(db, ItemImport, import_id)
    if found.state == ImportState.LOOKED_AT:
        return list(_of_file(found))
    return list(db.scalars(select(ImportLeftover).filter_by(import_id=import_id).order_by(ImportLeftover.number)))


def _of_file(found: ItemImport) -> Iterator[Leftover]:
    with opened(found.file_name, storing.file_of(found)) as path:
        read = reading.read(path, Format(found.format), found.mapping)
        left = (event for event in read.events if isinstance(event, Unsupported))
        for number, one in enumerate(islice(left, MOST_LINES), start=1):
            yield Leftover(number, one.where, one.kind, one.detail, one.source)
