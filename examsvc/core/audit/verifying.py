"""Verifying that the streams of the audit log hold together."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.audit.models import GENESIS, AuditEntry, AuditHead
from examsvc.core.audit.reading import STREAMS_A_QUERY, history


@dataclass(frozen=True)
class Break:
    """A place where a stream does not hold together."""

    stream: str
    seq: int
    reason: str


def verify(db: Session, stream: str) -> Break | None:
    """Return the first place where the stream was altered, or None when it is whole."""
    return _first_break(stream, history(db, stream), db.get(AuditHead, stream))


def verify_all(db: Session, streams: Collection[str]) -> Iterator[tuple[str, int, Break | None]]:
    """Yield each of the streams that has entries, how many, and its first break, with two queries for many streams."""
    names = sorted(streams)
    for start in range(0, len(names), STREAMS_A_QUERY):
        part = names[start : start + STREAMS_A_QUERY]
        heads = {head.stream: head for head in db.scalars(select(AuditHead).where(AuditHead.stream.in_(part)))}
        query = select(AuditEntry).where(AuditEntry.stream.in_(part)).order_by(AuditEntry.stream, AuditEntry.seq)
        for stream, entries in groupby(db.scalars(query), key=lambda entry: entry.stream):
            kept = list(entries)
            yield stream, len(kept), _first_break(stream, kept, heads.get(stream))


def _first_break(stream: str, entries: Iterable[AuditEntry], head: AuditHead | None) -> Break | None:
    previous, seq = GENESIS, 0
    for entry in entries:
        seq += 1
        if entry.seq != seq or entry.prev_hash != previous:
            return Break(stream, seq, "an entry is missing or out of order")
        if entry.computed_hash() != entry.hash:
            return Break(stream, seq, "an entry was altered")
        previous = entry.hash
    if ((head.seq, head.hash) if head else (0, GENESIS)) != (seq, previous):
        return Break(stream, seq, "the last entries or the head are missing")
    return None
