"""Each candidate's silence as the server saw it, and what follows when a whole room was silent together."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.identity import Identity
from examsvc.core.sweeps import Sweep
from examsvc.delivery.ledger import proposing, silences
from examsvc.delivery.ledger.beating import LEDGER
from examsvc.delivery.ledger.crediting import Span, united, within
from examsvc.delivery.ledger.errors import BadOutage
from examsvc.delivery.ledger.models import Outage
from examsvc.delivery.ledger.states import Cause
from examsvc.delivery.models import Enrolment, Response, Sitting
from proctoring import membership
from proctoring.errors import NobodySilent
from proctoring.models import ProctorEvent
from proctoring.states import EventKind

LOOKS_BACK = timedelta(hours=4)
SETTLED_AFTER = timedelta(seconds=15)
"""By then everybody's connection has been found lost, and most are back."""
RETURNED_WITHIN = timedelta(seconds=60)
CHANGES = {EventKind.DISCONNECTED: True, EventKind.CONNECTED: False}


def seen(db: Session, sitting_ids: Collection[UUID], span: Span) -> dict[UUID, list[Span]]:
    """Return when each sitting was silent within the span: no connection and no answer that reached the server."""
    query = (
        select(ProctorEvent.sitting_id, ProctorEvent.kind, ProctorEvent.at)
        .where(
            ProctorEvent.sitting_id.in_(sitting_ids),
            ProctorEvent.kind.in_(CHANGES),
            ProctorEvent.at >= span.from_at - LOOKS_BACK,
            ProctorEvent.at <= span.to_at,
        )
        .order_by(ProctorEvent.at, ProctorEvent.id)
    )
    since: dict[UUID, datetime] = {}
    found: dict[UUID, list[Span]] = {}
    for sitting_id, kind, at in db.execute(query):
        if CHANGES[kind]:
            since.setdefault(sitting_id, at)
        elif sitting_id in since:
            found.setdefault(sitting_id, []).append(Span(since.pop(sitting_id), at))
    for sitting_id, at in since.items():
        found.setdefault(sitting_id, []).append(Span(at, span.to_at))
    return {sitting_id: _unanswered(db, sitting_id, within(spans, [span])) for sitting_id, spans in found.items()}


def _unanswered(db: Session, sitting_id: UUID, spans: Sequence[Span]) -> list[Span]:
    """Return the ends of the spans in which not even an answer came: plain HTTP works without a socket."""
    return united(Span(_answered_at(db, sitting_id, span) or span.from_at, span.to_at) for span in spans)


def _answered_at(db: Session, sitting_id: UUID, span: Span) -> datetime | None:
    received_at = Response.received_at
    query = select(func.max(received_at)).where(
        Response.sitting_id == sitting_id, received_at > span.from_at, received_at < span.to_at
    )
    return db.scalar(query)


def declare(db: Session, exam_session_id: UUID, span: Span, *, reason: str, by: Identity, now: datetime) -> Outage:
    """Put on record that the centre's network failed, propose credits to whoever was silent, and return the outage.

    The proctor says when to look; what each lost is what the server saw. Raises NotFound, BadOutage, NobodySilent.
    """
    membership.watched_session(db, exam_session_id, by=by)
    if span.is_empty or span.to_at > now:
        raise BadOutage
    running = _running(db, exam_session_id)
    found = seen(db, [sitting_id for room in running.values() for sitting_id in room], span)
    outage = _noted(db, exam_session_id, None, span, now=now, note=reason, by=by)
    if not proposing.propose(db, outage, silences=found, now=now):
        raise NobodySilent
    return outage


def note_silent_rooms(db: Session, exam_session_id: UUID, *, now: datetime) -> None:
    """Note each room that was silent together and is back, and propose credits to those who were silent in it."""
    recent = Span(now - LOOKS_BACK, now)
    known, lost = _known(db, exam_session_id, recent), _lost(db, exam_session_id, recent)
    for session_room_id, sitting_ids in _running(db, exam_session_id).items():
        if lost.get(session_room_id, 0) < silences.needed_of(len(sitting_ids)):
            continue
        found = seen(db, sitting_ids, recent)
        for span in silences.of_room(found, present=len(sitting_ids), explained=known):
            if span.to_at <= now - SETTLED_AFTER:
                outage = _noted(db, exam_session_id, session_room_id, span, now=now)
                proposing.propose(db, outage, silences=found, now=now)


def _noted(
    db: Session,
    exam_session_id: UUID,
    session_room_id: UUID | None,
    span: Span,
    *,
    now: datetime,
    note: str = "",
    by: Identity = LEDGER,
) -> Outage:
    outage = Outage(
        cause=Cause.ROOM_NETWORK,
        exam_session_id=exam_session_id,
        session_room_id=session_room_id,
        from_at=span.from_at,
        to_at=span.to_at,
        noted_at=now,
        note=note,
        by_account_id=by.account_id,
    )
    db.add(outage)
    db.flush()
    facts = {"outage": outage.id, "from_at": span.from_at, "to_at": span.to_at, "room": session_room_id, "note": note}
    audit.append(db, outage.audit_stream, "network.outage", by=by, now=now, **facts)
    return outage


def _known(db: Session, exam_session_id: UUID, span: Span) -> list[Span]:
    """Return the outages that are on record: of the service, and of the exam session's network."""
    mine = (Outage.exam_session_id == exam_session_id) & (Outage.cause == Cause.ROOM_NETWORK)
    query = select(Outage).where(Outage.exam_session_id.is_(None) | mine, Outage.to_at > span.from_at)
    return [outage.span for outage in db.scalars(query)]


def _running(db: Session, exam_session_id: UUID) -> dict[UUID | None, list[UUID]]:
    """Return the sittings that were opened, by room; without rooms the exam session is one."""
    query = (
        select(Enrolment.session_room_id, Sitting.id)
        .join(Sitting.enrolment)
        .where(Enrolment.exam_session_id == exam_session_id, Sitting.opened_at.is_not(None))
    )
    rooms: dict[UUID | None, list[UUID]] = {}
    for session_room_id, sitting_id in db.execute(query):
        rooms.setdefault(session_room_id, []).append(sitting_id)
    return rooms


def _lost(db: Session, exam_session_id: UUID, span: Span) -> dict[UUID | None, int]:
    """Return for each room how many lost their connection in the span, whenever it was."""
    query = (
        select(Enrolment.session_room_id, func.count(ProctorEvent.sitting_id.distinct()))
        .join(Sitting, Sitting.enrolment_id == Enrolment.id)
        .join(ProctorEvent, ProctorEvent.sitting_id == Sitting.id)
        .where(
            Enrolment.exam_session_id == exam_session_id,
            ProctorEvent.kind == EventKind.DISCONNECTED,
            ProctorEvent.at > span.from_at,
        )
        .group_by(Enrolment.session_room_id)
    )
    return {row[0]: row[1] for row in db.execute(query)}


def _returned(db: Session, now: datetime) -> Iterable[UUID]:
    """Return the exam sessions in which somebody has come back lately."""
    query = (
        select(Enrolment.exam_session_id)
        .join(Sitting, Sitting.enrolment_id == Enrolment.id)
        .join(ProctorEvent, ProctorEvent.sitting_id == Sitting.id)
        .where(ProctorEvent.at > now - RETURNED_WITHIN, ProctorEvent.kind == EventKind.CONNECTED)
        .where(Sitting.opened_at < ProctorEvent.at)
        .distinct()
    )
    return db.scalars(query).all()


def _note(db: Session, exam_session_id: UUID, now: datetime) -> None:
    note_silent_rooms(db, exam_session_id, now=now)


SWEEP = Sweep("note rooms that were silent", _returned, _note)
