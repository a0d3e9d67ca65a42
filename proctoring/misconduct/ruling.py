"""Ruling on a record, in writing, by somebody who had no part in it; serving the ruling; revoking it on review.

What a ruling makes void is announced in the same transaction; nothing else ever makes a score void.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examsvc.core import audit, states
from examsvc.core.calendar import holidays
from examsvc.core.clock import shanghai_date
from examsvc.core.db import get, get_locked
from examsvc.core.identity import Identity
from examsvc.delivery import signals
from examsvc.delivery.models import Enrolment, ExamSession, Sitting
from examsvc.delivery.voiding import Subject, VoidOrder
from proctoring.misconduct import classes, content, evidence, finding, remedies
from proctoring.misconduct.classes import Consequence
from proctoring.misconduct.errors import (
    HearingMissing,
    InvolvedCannotRevoke,
    InvolvedCannotRule,
    MisconductChanged,
    RulerCannotRevoke,
    RulingRevoked,
    ServedAlready,
    ServedInFuture,
)
from proctoring.misconduct.models import MisconductRecord, MisconductRuling
from proctoring.misconduct.states import MisconductState, Service


@dataclass(frozen=True)
class Verdict:
    """What is decided: `grounds` say why, `hearing` how what the candidate raised was checked."""

    consequence: Consequence
    subject: Subject | None
    grounds: str
    hearing: str = ""
    remedy: str = ""


def rule(
    db: Session, record_id: UUID, verdict: Verdict, digest: str, *, by: Identity, now: datetime
) -> MisconductRuling:
    """Rule on a signed record and return the ruling; an empty remedy is the house's.

    Raises NotFound, IllegalTransition, InvolvedCannotRule, MisconductChanged, HearingMissing, EvidenceAltered and what
    the class does not permit.
    """
    record = finding.writable(db, record_id, by=by)
    record.lifecycle.check(record.state, MisconductState.RULED)
    _check(db, record, verdict, digest, by=by)
    exam_session = get_locked(db, ExamSession, record.sitting.enrolment.exam_session_id)
    ruling = MisconductRuling(
        record=record,
        number=_number(db, exam_session),
        consequence=verdict.consequence,
        subject=verdict.subject,
        grounds=verdict.grounds,
        hearing=verdict.hearing,
        remedy=verdict.remedy or remedies.text(exam_session.filing.organisation.name),
        record_digest=digest,
        decided_by_id=finding.acting(by),
        decided_at=now,
    )
    db.add(ruling)
    about = {"number": ruling.number, "consequence": str(verdict.consequence), "digest": digest}
    states.move(db, record, MisconductState.RULED, by=by, now=now, **about)
    if ruling.consequence.voids:
        signals.scores_voided.send(record.sitting.enrolment, db=db, now=now, order=_order(ruling), by=by)
    return ruling


def _check(db: Session, record: MisconductRecord, verdict: Verdict, digest: str, *, by: Identity) -> None:
    if by.actor in finding.involved(db, record):
        raise InvolvedCannotRule
    if content.digest(record) != digest:
        raise MisconductChanged
    classes.check(record.kind, verdict.consequence, verdict.subject)
    if not verdict.hearing and any(not one.declined for one in record.statements):
        raise HearingMissing
    evidence.check(db, record.evidence)


def _number(db: Session, exam_session: ExamSession) -> str:
    """Return the next number in the exam session, whose row is locked."""
    earlier = (
        select(func.count())
        .select_from(MisconductRuling)
        .join(MisconductRuling.record)
        .join(MisconductRecord.sitting)
        .join(Sitting.enrolment)
        .where(Enrolment.exam_session_id == exam_session.id)
    )
    return f"{exam_session.code}-WJ{(db.scalar(earlier) or 0) + 1:03}"


def _order(ruling: MisconductRuling) -> VoidOrder:
    return VoidOrder(ruling.id, ruling.number, ruling.subject, f"misconduct_{ruling.record.kind.lower()}")


def serve(
    db: Session, ruling_id: UUID, service: Service, served_on: date, *, by: Identity, now: datetime
) -> MisconductRuling:
    """Note when and how the ruling was served, from which the time for a remedy runs, and return it.

    Raises NotFound, RulingRevoked, ServedAlready, ServedInFuture, HolidaysUnknown.
    """
    ruling = get_locked(db, MisconductRuling, ruling_id)
    if ruling.revoked_at is not None:
        raise RulingRevoked
    if ruling.served_on is not None:
        raise ServedAlready
    if not shanghai_date(ruling.decided_at) <= served_on <= shanghai_date(now):
        raise ServedInFuture
    until = remedies.until(served_on, holidays.calendar(db))
    ruling.service, ruling.served_on, ruling.remedy_until_on = service, served_on, until
    about = {"number": ruling.number, "way": str(service), "on": served_on, "remedy_until": ruling.remedy_until_on}
    audit.append(db, ruling.record.audit_stream, "misconduct.served", by=by, now=now, **about)
    return ruling


def revoke(db: Session, ruling_id: UUID, reason: str, *, by: Identity, now: datetime) -> MisconductRuling:
    """Revoke a ruling on review 复核, and return it; scores that it made void count again.

    Raises NotFound, RulingRevoked, RulerCannotRevoke, InvolvedCannotRevoke.
    """
    record = get_locked(db, MisconductRecord, get(db, MisconductRuling, ruling_id).record_id)
    ruling = get_locked(db, MisconductRuling, ruling_id)
    if ruling.revoked_at is not None:
        raise RulingRevoked
    if by.account_id == ruling.decided_by_id:
        raise RulerCannotRevoke
    if by.actor in finding.involved(db, record):
        raise InvolvedCannotRevoke
    ruling.revoked_at, ruling.revoked_by_id, ruling.revocation = now, finding.acting(by), reason
    states.move(db, record, MisconductState.REVOKED, by=by, now=now, number=ruling.number, reason=reason)
    if ruling.consequence.voids:
        signals.scores_restored.send(record.sitting.enrolment, db=db, now=now, order=_order(ruling), by=by)
    return ruling
