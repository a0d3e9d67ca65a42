"""When the clocks of sittings stood: pauses, and the time between an end by the clock and a reopening."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.audit import AuditEntry
from examsvc.delivery.ledger.crediting import Span

STOPS, GOES_ON = ("sitting.paused", "sitting.handed_in"), "sitting.in_progress"
SITTINGS_A_QUERY = 500


def stops_of(db: Session, sitting_ids: Collection[UUID], *, until: datetime) -> dict[UUID, list[Span]]:
    """Return for each sitting when its clock stood, as its audit log has it; a stop that lasts ends at `until`."""
    streams = {f"sitting:{sitting_id}": sitting_id for sitting_id in sitting_ids}
    entries: dict[UUID, list[AuditEntry]] = {sitting_id: [] for sitting_id in sitting_ids}
    names = list(streams)
    for start in range(0, len(names), SITTINGS_A_QUERY):
        part = AuditEntry.stream.in_(names[start : start + SITTINGS_A_QUERY])
        query = select(AuditEntry).where(part, AuditEntry.action.in_((*STOPS, GOES_ON)))
        for entry in db.scalars(query.order_by(AuditEntry.stream, AuditEntry.seq)):
            entries[streams[entry.stream]].append(entry)
    return {sitting_id: list(_stops(log, until)) for sitting_id, log in entries.items()}


def _stops(entries: Iterable[AuditEntry], until: datetime) -> Iterator[Span]:
    since: datetime | None = None
    for entry in entries:
        if entry.action in STOPS:
            since = _stopped_at(entry)
        elif since is not None:
            yield Span(since, entry.at)
            since = None
    if since is not None:
        yield Span(since, until)


def _stopped_at(entry: AuditEntry) -> datetime:
    """Return when the clock stopped: an end is stamped with the instant it fell due, and found out later."""
    finished_at = entry.detail.get("finished_at")
    return datetime.fromisoformat(finished_at) if finished_at else entry.at
