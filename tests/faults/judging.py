"""The judge of a rehearsal with a fault: what was acknowledged is kept, nobody ended twice, each credit has its cause.

Pure but for `read`, which reads past the service what it stored.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.audit import AuditEntry
from examsvc.delivery import responding
from examsvc.delivery.ledger import crediting
from examsvc.delivery.ledger.crediting import Span
from examsvc.delivery.ledger.models import Outage, TimeCredit
from examsvc.delivery.ledger.models import read as read_spans
from examsvc.delivery.ledger.states import CreditState
from examsvc.delivery.models import Enrolment, Sitting
from examsvc.rehearsal import history, stored
from examsvc.rehearsal.history import Notebook, Stored
from scoring.models import ComponentScore

ENDS, REOPENS = "sitting.handed_in", "sitting.in_progress"
SLACK = timedelta(seconds=12)
"""A beat comes every 3 s and may wait; so long before a fault the last one may lie, and after it the first."""


@dataclass(frozen=True)
class Credit:
    """A credit and the outage that it stands for."""

    sitting_id: UUID
    outage: Span
    seconds: int
    spans: Sequence[Span]
    is_given: bool


@dataclass(frozen=True)
class Kept:
    """What the database holds of a rehearsal; the ends are the audit log's ends and reopenings of each sitting."""

    responses: Mapping[UUID, Sequence[Stored]]
    final: Mapping[UUID, bool]
    chain_breaks: Sequence[str]
    ends: Mapping[UUID, Sequence[str]]
    scored: AbstractSet[UUID]
    credits: Sequence[Credit]
    credited_seconds: Mapping[UUID, int]
    outages: Sequence[Span]


def findings(notebooks: Iterable[Notebook], kept: Kept, fault: Span) -> list[str]:
    """Return what is wrong, a line for each finding; `fault` is from its begin until the service was back."""
    judged = history.judge(notebooks, kept.responses, kept.final)
    return [
        *(f"{one.fault} {one.sitting_id} {one.epoch}:{one.seq}" for one in judged.findings),
        *kept.chain_breaks,
        *_ends(kept),
        *_credits(kept, Span(fault.from_at - SLACK, fault.to_at + SLACK)),
    ]


def _ends(kept: Kept) -> Iterable[str]:
    for sitting_id, actions in kept.ends.items():
        ended = False
        for action in actions:
            if action == ENDS and ended:
                yield f"HANDED_IN_TWICE {sitting_id}"
            ended = action == ENDS
        if kept.final.get(sitting_id) and not ended:
            yield f"NEVER_HANDED_IN {sitting_id}"
    for sitting_id, over in kept.final.items():
        if not over:
            yield f"STILL_OPEN {sitting_id}"
        if over != (sitting_id in kept.scored):
            yield f"SCORED_WRONGLY {sitting_id}"


def _credits(kept: Kept, fault: Span) -> Iterable[str]:
    for outage in kept.outages:
        if outage.from_at < fault.from_at or outage.to_at > fault.to_at:
            yield f"OUTAGE_WITHOUT_CAUSE {outage}"
    given: dict[UUID, int] = {}
    seen: dict[UUID, list[Span]] = {}
    for credit in kept.credits:
        beyond = crediting.without(credit.spans, [credit.outage])
        twice = crediting.within(credit.spans, seen.get(credit.sitting_id, []))
        if beyond or twice or credit.outage not in kept.outages:
            yield f"CREDIT_WITHOUT_CAUSE {credit}"
        if credit.seconds != crediting.whole_seconds(credit.spans):
            yield f"CREDIT_MISCOUNTED {credit}"
        seen.setdefault(credit.sitting_id, []).extend(credit.spans)
        given[credit.sitting_id] = given.get(credit.sitting_id, 0) + credit.seconds * credit.is_given
    for sitting_id, seconds in kept.credited_seconds.items():
        if seconds != given.get(sitting_id, 0):
            yield f"CLOCK_CHANGED_WITHOUT_CREDIT {sitting_id} {seconds}"


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
        if broken := responding.verify_chain(db, sitting_id):
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
