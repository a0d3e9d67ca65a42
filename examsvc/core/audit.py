"""The audit log: append-only streams of entries, each bound to the one before it by a hash.

A stream is one thing's history (`sitting:…`, `exam-session:…`), so that two things never wait for one another.
"""

import heapq
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import String, UniqueConstraint, insert, select, tuple_
from sqlalchemy.orm import Mapped, Session, mapped_column

from examsvc.core import canonical, ids
from examsvc.core.db import Base
from examsvc.core.identity import Identity

GENESIS = "0" * 64
STREAMS_A_QUERY = 500


class AuditHead(Base):
    """Where a stream stands; its row lock orders the writers of the stream."""

    __tablename__ = "audit_heads"

    stream: Mapped[str] = mapped_column(String(80), primary_key=True)
    seq: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))


class AuditEntry(Base):
    __tablename__ = "audit_entries"
    __table_args__ = (UniqueConstraint("stream", "seq"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    stream: Mapped[str] = mapped_column(String(80))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(80))
    actor_name: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(60))
    detail: Mapped[dict[str, Any]]
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    def computed_hash(self) -> str:
        """Return the hash that this entry must carry."""
        return canonical.digest(
            {
                "stream": self.stream,
                "seq": self.seq,
                "at": self.at,
                "actor": self.actor,
                "actor_name": self.actor_name,
                "action": self.action,
                "detail": self.detail,
                "prev": self.prev_hash,
            }
        )


def append(db: Session, stream: str, action: str, *, by: Identity, now: datetime, **detail: Any) -> AuditEntry:
    """Append one entry to the stream and return it. `detail` never holds identity numbers, keys or answers."""
    head = _locked_head(db, stream)
    entry = _entry(stream, head.seq + 1, head.hash, action, detail, by=by, now=now)
    head.seq, head.hash = entry.seq, entry.hash
    db.add(entry)
    return entry


def begin(
    db: Session, firsts: Iterable[tuple[str, dict[str, Any]]], action: str, *, by: Identity, now: datetime
) -> None:
    """Begin streams of which nobody knows yet, each with one entry of its detail: for many new things at once."""
    for stream, detail in firsts:
        entry = _entry(stream, 1, GENESIS, action, detail, by=by, now=now)
        db.add_all([AuditHead(stream=stream, seq=entry.seq, hash=entry.hash), entry])


def _entry(
    stream: str, seq: int, prev_hash: str, action: str, detail: dict[str, Any], *, by: Identity, now: datetime
) -> AuditEntry:
    entry = AuditEntry(
        stream=stream,
        seq=seq,
        at=now,
        actor=by.actor,
        actor_name=by.name,
        action=action,
        detail=canonical.plain(detail),
        prev_hash=prev_hash,
    )
    entry.hash = entry.computed_hash()
    return entry


def _locked_head(db: Session, stream: str) -> AuditHead:
    head = db.get(AuditHead, stream, with_for_update=True, populate_existing=True)
    if head is not None:
        return head
    if db.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as pg_insert  # noqa: PLC0415 (one database only)

        db.execute(pg_insert(AuditHead).values(stream=stream, seq=0, hash=GENESIS).on_conflict_do_nothing())
    else:
        db.execute(insert(AuditHead).values(stream=stream, seq=0, hash=GENESIS))
    return db.get_one(AuditHead, stream, with_for_update=True)


def history(db: Session, stream: str) -> list[AuditEntry]:
    """Return the stream's entries, oldest first."""
    return list(db.scalars(select(AuditEntry).where(AuditEntry.stream == stream).order_by(AuditEntry.seq)))


def newest(
    db: Session, streams: Sequence[str], actions: Collection[str], *, before: tuple[datetime, UUID] | None, most: int
) -> list[AuditEntry]:
    """Return the latest entries of many streams that tell of these actions, newest first.

    `before` is the instant and the id of the entry that they are older than.
    """
    older = [tuple_(AuditEntry.at, AuditEntry.id) < tuple_(*before)] if before else []
    order = (AuditEntry.at.desc(), AuditEntry.id.desc())
    found: list[AuditEntry] = []
    for start in range(0, len(streams), STREAMS_A_QUERY):
        part = AuditEntry.stream.in_(streams[start : start + STREAMS_A_QUERY])
        query = select(AuditEntry).where(part, AuditEntry.action.in_(actions), *older)
        found += db.scalars(query.order_by(*order).limit(most))
    return heapq.nlargest(most, found, key=lambda entry: (entry.at, entry.id))


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
