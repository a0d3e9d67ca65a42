"""What the database holds of a rehearsal, read past the service for the judge."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from judging import ENDS, REOPENS, Credit, Kept
from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.audit import AuditEntry
from examsvc.delivery import verifying
from examsvc.delivery.ledger.models import Outage, TimeCredit
from examsvc.delivery.ledger.models import read as read_spans
from examsvc.delivery.ledger.states import CreditState
from examsvc.delivery.models import Enrolment, Sitting
from examsvc.rehearsal import stored
from scoring.models import ComponentScore


def read(db: Session, exam_session_id: UUID, since: datetime) -> Kept:
    """Return what is stored of the rehearsal that began at `since`."""
    final = stored.final(db, exam_session_id)
    outages = {row.id: row.span for row in db.scalars(select(Outage).where(Outage.noted_at >= since))}
    return Kept(
        responses=stored.responses(db, exam_session_id),
        final=final,
        chain_breaks=list(_chain_breaks(db, final)),
        ends=_read_ends(db, final),
        scored=_read_scored(db, exam_session_id),
        credits=_read_credits(db, final),
        credited_seconds=_read_credited(db, exam_session_id),
        outages=list(outages.values()),
    )


def _chain_breaks(db: Session, sitting_ids: Iterable[UUID]) -> Iterable[str]:
    for sitting_id in sitting_ids:
        if broken := verifying.verify_chain(db, sitting_id):
            yield f"CHAIN_BROKEN {sitting_id} {broken}"


def _read_ends(db: Session, sitting_ids: Iterable[UUID]) -> dict[UUID, list[str]]:
    streams = {f"sitting:{sitting_id}": sitting_id for sitting_id in sitting_ids}
    query = select(AuditEntry.stream, AuditEntry.action).where(
        AuditEntry.stream.in_(streams), AuditEntry.action.in_((ENDS, REOPENS))
    )
    found: dict[UUID, list[str]] = {}
    for stream, action in db.execute(query.order_by(AuditEntry.stream, AuditEntry.seq)):
        found.setdefault(streams[stream], []).append(action)
    return found


def _read_scored(db: Session, exam_session_id: UUID) -> set[UUID]:
    query = (
        select(Sitting.id)
        .join(Sitting.enrolment)
        .join(ComponentScore, ComponentScore.enrolment_id == Enrolment.id)
        .where(Enrolment.exam_session_id == exam_session_id)
    )
    return set(db.scalars(query))


def _read_credits(db: Session, sitting_ids: Iterable[UUID]) -> list[Credit]:
    rows = db.scalars(select(TimeCredit).where(TimeCredit.sitting_id.in_(list(sitting_ids))))
    return [
        Credit(row.sitting_id, row.outage.span, row.seconds, read_spans(row.spans), row.state == CreditState.GIVEN)
        for row in rows
    ]


def _read_credited(db: Session, exam_session_id: UUID) -> dict[UUID, int]:
    query = select(Sitting.id, Sitting.credited_seconds).join(Sitting.enrolment)
    query = query.where(Enrolment.exam_session_id == exam_session_id)
    return {row.id: row.credited_seconds for row in db.execute(query)}
