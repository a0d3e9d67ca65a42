"""When the network of a room or a centre failed: found by the silence of many together, or declared by a proctor."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.identity import Identity
from examsvc.core.sweeps import Sweep
from examsvc.delivery.ledger import proposing
from examsvc.delivery.ledger import silences as room_silences
from examsvc.delivery.ledger.beating import LEDGER
from examsvc.delivery.ledger.crediting import Span
from examsvc.delivery.ledger.errors import BadOutage
from examsvc.delivery.ledger.models import Outage
from examsvc.delivery.ledger.states import Cause
from examsvc.delivery.models import Enrolment, Sitting
from proctoring import membership, silences
from proctoring.errors import NobodySilent
from proctoring.models import ProctorEvent
from proctoring.online import FOUND_LOST_WITHIN
from proctoring.states import EventKind

SETTLED_AFTER = FOUND_LOST_WITHIN + timedelta(seconds=2)
"""By then everybody's connection has been found lost, unless the process itself is behind: who is found later is not
proposed what the others are."""
RETURNED_WITHIN = SETTLED_AFTER + timedelta(seconds=60)


def declare(db: Session, exam_session_id: UUID, span: Span, *, reason: str, by: Identity, now: datetime) -> Outage:
    """Put on record that the centre's network failed, propose credits to whoever was silent, and return the outage.

    The proctor says when to look; what each lost is what the server saw, or did not hear of a page without a line.
    Raises NotFound, BadOutage, NobodySilent.
    """
    membership.watched_session(db, exam_session_id, by=by)
    if span.is_empty or span.to_at > now:
        raise BadOutage
    everybody = [sitting_id for present in _seated(db, exam_session_id).values() for sitting_id in present]
    found = silences.seen(db, everybody, span) | silences.unheard(db, everybody, span, now)
    outage = _noted(db, exam_session_id, None, span, now=now, note=reason, by=by)
    if not proposing.propose(db, outage, silences=found, now=now):
        raise NobodySilent
    return outage


def note_silent_rooms(db: Session, exam_session_id: UUID, *, now: datetime) -> None:
    """Note each room that was silent together and is back, and propose credits to those who were silent in it."""
    recent = Span(now - silences.LOOKS_BACK, now)
    known, lost = _known(db, exam_session_id, recent), _lost(db, exam_session_id, recent)
    for session_room_id, present in _seated(db, exam_session_id).items():
        staying = [sitting_id for sitting_id, finished_at in present.items() if finished_at is None]
        if lost.get(session_room_id, 0) < room_silences.needed_of(len(staying)):
            continue  # at no time were there fewer
        found = silences.seen(db, present, recent)
        explained = [outage.span for outage in known if outage.session_room_id in (None, session_room_id)]
        for span in room_silences.of_room(found, present=present, explained=explained):
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


def _known(db: Session, exam_session_id: UUID, span: Span) -> Sequence[Outage]:
    """Return the outages that are on record: of the service, and of the network of the exam session or of its rooms."""
    mine = (Outage.exam_session_id == exam_session_id) & (Outage.cause == Cause.ROOM_NETWORK)
    query = select(Outage).where(Outage.exam_session_id.is_(None) | mine, Outage.to_at > span.from_at)
    return db.scalars(query).all()


def _seated(db: Session, exam_session_id: UUID) -> dict[UUID | None, dict[UUID, datetime | None]]:
    """Return the sittings that were opened, by room, with when each was finished; without rooms it is one."""
    query = (
        select(Enrolment.session_room_id, Sitting.id, Sitting.finished_at)
        .join(Sitting.enrolment)
        .where(Enrolment.exam_session_id == exam_session_id, Sitting.opened_at.is_not(None))
    )
    rooms: dict[UUID | None, dict[UUID, datetime | None]] = {}
    for session_room_id, sitting_id, finished_at in db.execute(query):
        rooms.setdefault(session_room_id, {})[sitting_id] = finished_at
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


SWEEP = Sweep("note rooms that were silent", _returned, _note, comes_in_crowds=True, can_wait=True)
