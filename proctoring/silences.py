"""Each candidate's silence, as the server saw it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examsvc.delivery.ledger.crediting import Span, united, within
from examsvc.delivery.models import Response
from proctoring.models import ProctorEvent
from proctoring.states import EventKind

LOOKS_BACK = timedelta(hours=4)
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
