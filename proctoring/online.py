"""When a sitting's page was online: its line to the proctors stood, from one notice of the server's to the next."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from flask import current_app, has_app_context
from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.pinging import CHECKS_EVERY_SECONDS, LOOKS_EVERY_SECONDS
from examsvc.core.sockets import PING_INTERVAL_SECONDS, PING_TIMEOUT_SECONDS
from examsvc.delivery import signals
from examsvc.delivery.ledger.crediting import Span, united
from examsvc.delivery.models import Sitting
from proctoring.board import Facts
from proctoring.floor import EXTENSION, Floor
from proctoring.models import ProctorEvent
from proctoring.states import EventKind

FOUND_LOST_WITHIN = timedelta(
    seconds=PING_INTERVAL_SECONDS + LOOKS_EVERY_SECONDS + PING_TIMEOUT_SECONDS + CHECKS_EVERY_SECONDS
)
"""So long a line may have been dead when the server finds out: its end proves nothing of the time just before it."""


def spans(db: Session, sitting_id: UUID, facts: Facts, now: datetime) -> list[Span]:
    """Return when it was online, as far as that is proven, in order.

    A line that nobody saw end, for its process was killed, proves nothing; `facts` say since when one stands now.
    """
    query = select(ProctorEvent.kind, ProctorEvent.at).where(
        ProctorEvent.sitting_id == sitting_id,
        ProctorEvent.kind.in_((EventKind.CONNECTED, EventKind.DISCONNECTED)),
    )
    noted = [(row.kind, row.at) for row in db.execute(query.order_by(ProctorEvent.at, ProctorEvent.id))]
    lines = list(_ended(noted))
    if facts.is_connected and facts.since is not None:
        lines.append(Span(facts.since, now))
    return united(Span(line.from_at, line.to_at - FOUND_LOST_WITHIN) for line in lines)


def _ended(noted: Iterable[tuple[EventKind, datetime]]) -> Iterator[Span]:
    """Yield the lines whose beginning and end were both noted."""
    for (kind, at), (next_kind, next_at) in pairwise(noted):
        if (kind, next_kind) == (EventKind.CONNECTED, EventKind.DISCONNECTED):
            yield Span(at, next_at)


def subscribe() -> None:
    """Answer when delivery asks; saying it twice connects once."""
    signals.online_asked.connect(_answer, weak=False)


def _answer(sitting: Sitting, *, db: Session, now: datetime) -> list[Span]:
    return spans(db, sitting.id, _facts(sitting.id, now), now)


def _facts(sitting_id: UUID, now: datetime) -> Facts:
    """Return what is known live; nothing in a process without a live side."""
    floor: Floor | None = current_app.extensions.get(EXTENSION) if has_app_context() else None
    return floor.board.facts([sitting_id], now)[sitting_id] if floor else Facts()
