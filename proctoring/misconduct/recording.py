"""Putting misconduct on record: class, facts, evidence; corrected until the candidate has been told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from examsvc.accounts.roles import Role
from examsvc.core import audit
from examsvc.core.identity import Identity
from examsvc.delivery.models import Sitting
from examsvc.delivery.voiding import Subject
from proctoring.misconduct import content, evidence, finding
from proctoring.misconduct.classes import CLASSES, MisconductClass
from proctoring.misconduct.errors import ClassOfOffice, FactsInFuture, MisconductDiffers, RecordFrozen
from proctoring.misconduct.evidence import EvidenceRef
from proctoring.misconduct.models import MisconductRecord
from proctoring.misconduct.states import EvidenceKind


@dataclass(frozen=True)
class Facts:
    """What happened, when, where, in which subject, and of which class it is."""

    kind: MisconductClass
    facts: str
    place: str
    happened_at: datetime
    subject: Subject | None = None


def open_record(
    db: Session,
    sitting_id: UUID,
    record_id: UUID,
    facts: Facts,
    refs: Iterable[EvidenceRef],
    *,
    by: Identity,
    now: datetime,
) -> MisconductRecord:
    """Open a record and return it; a repeat with the id that the page made returns the first and changes nothing.

    Raises NotFound, ClassOfOffice, FactsInFuture, EvidenceOfAnother, MisconductDiffers.
    """
    sitting = finding.keepers_sitting(db, sitting_id, by=by)
    wanted = list(dict.fromkeys(refs))
    known = db.get(MisconductRecord, record_id)
    if known is not None:
        return _same(known, sitting, facts, wanted, by)
    _check(facts, by, now)
    try:
        with db.begin_nested():
            record = _opened(db, sitting, record_id, facts, wanted, by, now)
    except IntegrityError:  # the same page sent it twice at once
        return _same(db.get_one(MisconductRecord, record_id), sitting, facts, wanted, by)
    _audit(db, record, "misconduct.opened", by=by, now=now)
    about = {"misconduct": record.id, "class": str(record.kind)}
    audit.append(db, sitting.audit_stream, "sitting.misconduct_recorded", by=by, now=now, **about)
    return record


def _opened(
    db: Session,
    sitting: Sitting,
    record_id: UUID,
    facts: Facts,
    refs: Iterable[EvidenceRef],
    by: Identity,
    now: datetime,
) -> MisconductRecord:
    account_id = finding.acting(by)
    made = {"id": record_id, "opened_by_id": account_id, "opened_at": now}
    record = MisconductRecord(sitting=sitting, **vars(facts), **made)
    record.evidence = evidence.linked(db, sitting, refs, account_id=account_id, now=now)
    db.add(record)
    db.flush()
    return record


def _same(
    known: MisconductRecord, sitting: Sitting, facts: Facts, refs: Iterable[EvidenceRef], by: Identity
) -> MisconductRecord:
    is_by_same = (known.sitting_id, known.opened_by_id) == (sitting.id, by.account_id)
    tells_same = all(getattr(known, name) == value for name, value in vars(facts).items())
    linked = {EvidenceRef(one.kind, one.linked_id) for one in known.evidence}
    has_same = {ref for ref in linked if ref.kind != EvidenceKind.FILE} == set(refs)  # files are added to what is open
    if not (is_by_same and tells_same and has_same):
        raise MisconductDiffers
    return known


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
