"""Each candidate's silence, as the server saw it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from examsvc.delivery.ledger.crediting import Span, united, within
from examsvc.delivery.ledger.silences import after_last_sign, gaps
from examsvc.delivery.models import Response
from proctoring.models import CommandReceipt, ProctorEvent, Snapshot
from proctoring.states import EventKind

LOOKS_BACK = timedelta(hours=4)
UNHEARD_FOR = timedelta(seconds=60)
"""For so long nothing of a page without a line has to be on record: whoever reads does not answer for a while."""
HEARD: Final[Sequence[tuple[Any, Any]]] = (
    (Response.sitting_id, Response.received_at),
    (ProctorEvent.sitting_id, ProctorEvent.at),
    (Snapshot.sitting_id, Snapshot.received_at),
    (CommandReceipt.sitting_id, CommandReceipt.shown_at),
)
CHANGES = {EventKind.DISCONNECTED: True, EventKind.CONNECTED: False}


def seen(db: Session, sitting_ids: Collection[UUID], span: Span) -> dict[UUID, list[Span]]:
    """Return when each sitting was silent within the span: no connection, and nothing else that reached the server."""
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
    """Return what of the spans is silence: plain HTTP works without a socket."""
    return united(after_last_sign(span, _heard_in(db, sitting_id, span)) for span in spans)


def _heard_in(db: Session, sitting_id: UUID, span: Span) -> Sequence[datetime]:
    """Return when anything was heard of the sitting in the span: in one query, for it is asked of each silence."""
    signs = [select(at).where(sitting == sitting_id, at > span.from_at, at < span.to_at) for sitting, at in HEARD]
    return db.scalars(union_all(*signs)).all()


def last_heard(db: Session, sitting_id: UUID) -> datetime | None:
    """Return when anything was heard last of the sitting, or None."""
    signs = (db.scalar(select(func.max(at)).where(sitting == sitting_id)) for sitting, at in HEARD)
    return max((at for at in signs if at is not None), default=None)


def unheard(db: Session, sitting_ids: Collection[UUID], span: Span, now: datetime) -> dict[UUID, list[Span]]:
    """Return when the server heard nothing of the sittings that had no line to the proctors at any time in the span.

    Their pages ask by HTTP, which is not kept; what is kept are answers, events, frames and commands that were shown.
    """
    lineless = set(sitting_ids) - _with_line(db, sitting_ids, span)
    around = Span(span.from_at - UNHEARD_FOR, min(now, span.to_at + UNHEARD_FOR))
    heard: dict[UUID, list[datetime]] = {sitting_id: [] for sitting_id in lineless}
    for sitting, at in HEARD:
        query = select(sitting, at).where(sitting.in_(lineless), at > around.from_at, at < around.to_at)
        for sitting_id, instant in db.execute(query):
            heard[sitting_id].append(instant)
    return {one: within(gaps(around, instants, UNHEARD_FOR), [span]) for one, instants in heard.items()}


def _with_line(db: Session, sitting_ids: Collection[UUID], span: Span) -> set[UUID]:
    """Return those of the sittings that were connected when the span began, or connected in it."""
    query = select(ProctorEvent.sitting_id, ProctorEvent.kind, ProctorEvent.at).where(
        ProctorEvent.sitting_id.in_(sitting_ids), ProctorEvent.kind.in_(CHANGES), ProctorEvent.at <= span.to_at
    )
    found: set[UUID] = set()
    for sitting_id, kind, at in db.execute(query.order_by(ProctorEvent.at, ProctorEvent.id)):
        if kind == EventKind.CONNECTED:
            found.add(sitting_id)
        elif at < span.from_at:
            found.discard(sitting_id)
    return found
