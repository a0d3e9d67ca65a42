"""Putting misconduct on record: class, facts, evidence; corrected until the candidate has been told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.accounts.roles import Role
from examsvc.core import audit
from examsvc.core.identity import Identity
from examsvc.delivery.voiding import Subject
from proctoring.misconduct import content, evidence, finding
from proctoring.misconduct.classes import CLASSES, MisconductClass
from proctoring.misconduct.errors import ClassOfOffice, FactsInFuture, RecordFrozen
from proctoring.misconduct.evidence import EvidenceRef
from proctoring.misconduct.models import MisconductRecord


@dataclass(frozen=True)
class Facts:
    """What happened, when, where, in which subject, and of which class it is."""

    kind: MisconductClass
    facts: str
    place: str
    happened_at: datetime
    subject: Subject | None = None


def open_record(
    db: Session, sitting_id: UUID, facts: Facts, refs: Iterable[EvidenceRef], *, by: Identity, now: datetime
) -> MisconductRecord:
    """Open a record and return it; raises NotFound, ClassOfOffice, FactsInFuture, EvidenceOfAnother."""
    sitting = finding.keepers_sitting(db, sitting_id, by=by)
    _check(facts, by, now)
    account_id = finding.acting(by)
    record = MisconductRecord(sitting=sitting, **vars(facts), opened_by_id=account_id, opened_at=now)
    record.evidence = evidence.linked(db, sitting, refs, account_id=account_id, now=now)
    db.add(record)
    db.flush()
    _audit(db, record, "misconduct.opened", by=by, now=now)
    about = {"misconduct": record.id, "class": str(record.kind)}
    audit.append(db, sitting.audit_stream, "sitting.misconduct_recorded", by=by, now=now, **about)
    return record


def correct(
    db: Session, record_id: UUID, facts: Facts, refs: Iterable[EvidenceRef], *, by: Identity, now: datetime
) -> MisconductRecord:
    """Put other facts and evidence in place of the record's before the candidate is told, and return it.

    Raises NotFound, RecordFrozen, ClassOfOffice, FactsInFuture, EvidenceOfAnother.
    """
    record = finding.writable(db, record_id, by=by)
    if record.state.is_frozen:
        raise RecordFrozen
    _check(facts, by, now)
    for name, value in vars(facts).items():
        setattr(record, name, value)
    known = {EvidenceRef(one.kind, one.linked_id): one for one in record.evidence}
    wanted = dict.fromkeys(refs)
    for ref in known.keys() - wanted.keys():
        db.delete(known[ref])
    fresh = [ref for ref in wanted if ref not in known]
    added = evidence.linked(db, record.sitting, fresh, account_id=finding.acting(by), now=now)
    record.evidence = [known[ref] for ref in wanted if ref in known] + added
    db.flush()
    _audit(db, record, "misconduct.corrected", by=by, now=now)
    return record


def _check(facts: Facts, by: Identity, now: datetime) -> None:
    if not CLASSES[facts.kind].in_the_room and not by.has(Role.OFFICE):
        raise ClassOfOffice
    if facts.happened_at > now:
        raise FactsInFuture


def _audit(db: Session, record: MisconductRecord, action: str, *, by: Identity, now: datetime) -> None:
    about = {"class": str(record.kind), "evidence": len(record.evidence), "digest": content.digest(record)}
    audit.append(db, record.audit_stream, action, by=by, now=now, **about)
