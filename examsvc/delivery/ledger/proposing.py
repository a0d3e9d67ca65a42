"""Proposing what is to be given back after an outage: to every sitting whose clock ran meanwhile."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import insert, or_, select
from sqlalchemy.orm import Session, contains_eager, defer

from examsvc.core import audit, ids
from examsvc.core.db import get_locked
from examsvc.core.sweeps import Sweep
from examsvc.delivery import checking_in, clocks
from examsvc.delivery.ledger import crediting, waiting
from examsvc.delivery.ledger.beating import LEDGER
from examsvc.delivery.ledger.crediting import Running, Span
from examsvc.delivery.ledger.models import Outage, TimeCredit, read, written
from examsvc.delivery.ledger.states import Cause, CreditState
from examsvc.delivery.ledger.stops import stops_of
from examsvc.delivery.models import Enrolment, ExamSession, Sitting
from examsvc.delivery.states import UNFINISHED, ClockRule, ExamSessionState, FinishReason

COMES_IN_WITHIN = timedelta(minutes=2)
Silences = Mapping[UUID, Sequence[Span]]


def propose(db: Session, outage: Outage, *, silences: Silences | None = None, now: datetime) -> int:
    """Propose a credit for each sitting that lost time in the outage; return for how many.

    With `silences` only the sittings named there lost anything, and only while they were silent.
    """
    sittings = _touched(db, outage) if silences is None else _touched(db, outage, list(silences))
    stops = stops_of(db, [sitting.id for sitting in sittings], until=now)
    credited = _credited(db, [sitting.id for sitting in sittings])
    rows: list[dict[str, object]] = []
    for sitting in sittings:
        running = Running(_running(sitting, outage, now), stops[sitting.id])
        spans = crediting.lost(outage.span, running, credited.get(sitting.id, ()))
        if silences is not None:
            spans = crediting.within(spans, silences[sitting.id])
        rows += _rows(outage, sitting.id, spans)
    if rows:
        db.execute(insert(TimeCredit), rows)
    outage.proposed_at = now
    audit.append(db, outage.audit_stream, "credits.proposed", by=LEDGER, now=now, outage=outage.id, count=len(rows))
    return len(rows)


def _rows(outage: Outage, sitting_id: UUID, spans: Sequence[Span]) -> Iterable[dict[str, object]]:
    seconds = crediting.whole_seconds(spans)
    if seconds:
        yield {
            "id": ids.new_id(),
            "outage_id": outage.id,
            "sitting_id": sitting_id,
            "seconds": seconds,
            "spans": written(spans),
            "state": CreditState.PROPOSED,
            "reason": "",
        }


def _touched(db: Session, outage: Outage, only: Sequence[UUID] | None = None) -> list[Sitting]:
    """Return the sittings that may have lost time: those that still run, and those that time has ended since."""
    running = Sitting.state.in_(UNFINISHED)
    ended_since = (Sitting.finish_reason == FinishReason.TIME_UP) & (Sitting.finished_at > outage.from_at)
    query = (
        select(Sitting)
        .join(Sitting.enrolment)
        .join(Enrolment.exam_session)
        .where(
            ExamSession.state == ExamSessionState.PUBLISHED,
            ExamSession.starts_at < outage.to_at,
            or_(running, ended_since),
        )
        .options(defer(Sitting.arrangement), contains_eager(Sitting.enrolment).contains_eager(Enrolment.exam_session))
        .order_by(Sitting.id)
    )
    if outage.exam_session_id is not None:
        query = query.where(Enrolment.exam_session_id == outage.exam_session_id)
    return list(db.scalars(query if only is None else query.where(Sitting.id.in_(only))))


def _running(sitting: Sitting, outage: Outage, now: datetime) -> Span:
    """Return when the sitting's clock ran, but for its stops; empty when it did not run."""
    begun_at, ends_at = _begun_at(sitting, outage, now), sitting.finished_at or _closes_at(sitting, outage, now)
    return Span(begun_at, max(begun_at, ends_at)) if begun_at and ends_at else Span(outage.from_at, outage.from_at)


def _closes_at(sitting: Sitting, outage: Outage, now: datetime) -> datetime | None:
    """Return when the sitting closes; where papers were withheld, an own clock that has not begun runs out as well."""
    return outage.to_at if outage.cause == Cause.PAPERS_WITHHELD else clocks.timing_of(sitting, now).closes_at


def _begun_at(sitting: Sitting, outage: Outage, now: datetime) -> datetime | None:
    """Return since when the candidate could have answered: since the opening, or since they waited for papers.

    Nobody could before the start as it stands: one that was moved hides what was opened. A common clock begins without
    the candidate. Who stood ready before the outage and came in right after it was kept out by it, and lost time from
    the start on.
    """
    if outage.cause == Cause.PAPERS_WITHHELD:
        return waiting.costs_from(sitting, now)
    session = sitting.enrolment.exam_session
    if session.clock_rule == ClockRule.COMMON and _was_kept_out(sitting, outage.span):
        return session.starts_at
    return max(sitting.opened_at, session.starts_at) if sitting.opened_at else None


def _was_kept_out(sitting: Sitting, outage: Span) -> bool:
    ready_at = checking_in.system_checked_at(sitting)
    if checking_in.missing_steps(sitting) or ready_at is None or ready_at > outage.from_at:
        return False
    opened_at = sitting.opened_at
    return opened_at is None or outage.to_at <= opened_at <= outage.to_at + COMES_IN_WITHIN


def _credited(db: Session, sitting_ids: Sequence[UUID]) -> dict[UUID, list[Span]]:
    """Return for each sitting the time that was credited or is proposed already."""
    query = select(TimeCredit.sitting_id, TimeCredit.spans).where(
        TimeCredit.sitting_id.in_(sitting_ids), TimeCredit.state.not_in((CreditState.REJECTED, CreditState.LAPSED))
    )
    found: dict[UUID, list[Span]] = {}
    for sitting_id, spans in db.execute(query):
        found.setdefault(sitting_id, []).extend(read(spans))
    return found


def _unproposed(db: Session, _now: datetime) -> Iterable[UUID]:
    return db.scalars(select(Outage.id).where(Outage.proposed_at.is_(None)).order_by(Outage.noted_at)).all()


def _propose(db: Session, outage_id: UUID, now: datetime) -> None:
    outage = get_locked(db, Outage, outage_id)
    if outage.proposed_at is None:
        propose(db, outage, now=now)


SWEEP = Sweep("propose credits after an outage", _unproposed, _propose, comes_in_crowds=True)
