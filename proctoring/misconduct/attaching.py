"""Adding files to a record as evidence, until the candidate is told; finding them again."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import only
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from proctoring.misconduct import content, evidence, finding
from proctoring.misconduct.errors import RecordFrozen, TooManyEvidenceFiles
from proctoring.misconduct.evidence import EvidenceRef
from proctoring.misconduct.file_models import MisconductFile
from proctoring.misconduct.files import EvidenceFile
from proctoring.misconduct.models import MisconductRecord
from proctoring.misconduct.states import EvidenceKind

MOST_FILES = 20


def check_may_add(db: Session, record_id: UUID, *, by: Identity) -> None:
    """Raise what `add` would, before the file is looked at and stored; locks nothing.

    Raises NotFound, NotAllowed, NotYourRoom, RecordFrozen.
    """
    record = finding.readable(db, record_id, by=by)
    finding.check_keeper(db, record, by=by)
    if record.state.is_frozen:
        raise RecordFrozen


def add(
    db: Session, record_id: UUID, file: EvidenceFile, digest: str, *, by: Identity, now: datetime
) -> MisconductRecord:
    """Link a file, whose bytes are stored under the digest, to the record and return it.

    The same file again changes nothing; one that was taken out is linked again.
    Raises NotFound, NotAllowed, NotYourRoom, RecordFrozen, TooManyEvidenceFiles.
    """
    record = finding.writable(db, record_id, by=by)
    if record.state.is_frozen:
        raise RecordFrozen
    row = only(db, MisconductFile, record_id=record_id, digest=digest) or _row(db, record, file, digest, by, now)
    if any(link.file_id == row.id for link in record.evidence):
        return record
    refs = [EvidenceRef(EvidenceKind.FILE, row.id)]
    record.evidence += evidence.linked(db, record.sitting, refs, account_id=finding.acting(by), now=now)
    db.flush()
    about = {"name": row.name, "bytes": row.bytes, "file": row.digest, "digest": content.digest(record)}
    audit.append(db, record.audit_stream, "misconduct.file_added", by=by, now=now, **about)
    return record


def _row(
    db: Session, record: MisconductRecord, file: EvidenceFile, digest: str, by: Identity, now: datetime
) -> MisconductFile:
    held = db.scalar(select(func.count()).select_from(MisconductFile).filter_by(record_id=record.id)) or 0
    if held >= MOST_FILES:
        raise TooManyEvidenceFiles(most=MOST_FILES)
    about = {"kind": file.kind, "media_type": file.media_type, "name": file.name, "bytes": len(file.data)}
    row = MisconductFile(record=record, digest=digest, added_by_id=finding.acting(by), added_at=now, **about)
    db.add(row)
    db.flush()
    return row


def linked_file(db: Session, record_id: UUID, file_id: UUID, *, by: Identity) -> MisconductFile:
    """Return a file that is evidence in a record the caller may read; raises NotFound."""
    links = finding.readable(db, record_id, by=by).evidence
    if all(link.file_id != file_id for link in links):
        raise NotFound(thing="file")
    return db.get_one(MisconductFile, file_id)
