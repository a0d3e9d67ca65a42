"""When the clocks of sittings stood: pauses, also before the opening, breaks, and between an end and a reopening."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.audit import AuditEntry
from examsvc.delivery import keeping_out
from examsvc.delivery.ledger.crediting import Span

STOPS = ("sitting.paused", "sitting.handed_in", "sitting.break_started", keeping_out.PAUSED)
GO_ON = ("sitting.in_progress", "sitting.expected", "sitting.break_ended", keeping_out.RESUMED)
SITTINGS_A_QUERY = 500


def stops_of(db: Session, sitting_ids: Collection[UUID], *, until: datetime) -> dict[UUID, list[Span]]:
    """Return for each sitting when its clock stood, as its audit log has it; a stop that lasts ends at `until`."""
    streams = {f"sitting:{sitting_id}": sitting_id for sitting_id in sitting_ids}
    entries: dict[UUID, list[AuditEntry]] = {sitting_id: [] for sitting_id in sitting_ids}
    names = list(streams)
    for start in range(0, len(names), SITTINGS_A_QUERY):
        part = AuditEntry.stream.in_(names[start : start + SITTINGS_A_QUERY])
        query = select(AuditEntry).where(part, AuditEntry.action.in_((*STOPS, *GO_ON)))
        for entry in db.scalars(query.order_by(AuditEntry.stream, AuditEntry.seq)):
            entries[streams[entry.stream]].append(entry)
    return {sitting_id: list(_stops(log, until)) for sitting_id, log in entries.items()}


def _stops(entries: Iterable[AuditEntry], until: datetime) -> Iterator[Span]:
    stopped: AuditEntry | None = None
    for entry in entries:
        if stopped is not None:
            yield _stop(stopped, entry.at)
        stopped = entry if entry.action in STOPS else None
    if stopped is not None:
        yield _stop(stopped, until)


def _stop(stopped: AuditEntry, went_on_at: datetime) -> Span:
    """Return the stop; a break ends by itself when all that was left of it is used."""
    since, left = _stopped_at(stopped), stopped.detail.get("allowance_left")
    return Span(since, went_on_at if left is None else min(went_on_at, since + timedelta(seconds=left)))


def _stopped_at(entry: AuditEntry) -> datetime:
    """Return when the clock stopped: an end is stamped with the instant it fell due, and found out later."""
    finished_at = entry.detail.get("finished_at")
    return datetime.fromisoformat(finished_at) if finished_at else entry.at
