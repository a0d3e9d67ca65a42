"""The audit log: append-only streams of entries, each bound to the one before it by a hash.

A stream is one thing's history (`sitting:…`, `exam-session:…`), so that two things never wait for one another.
"""

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    Connection,
    Executable,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    insert,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
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
        return _hash({name: getattr(self, name) for name in HASHED})


HEADS, ENTRIES = (cast("Table", model.__table__) for model in (AuditHead, AuditEntry))
MOVED = update(HEADS).where(HEADS.c.stream == bindparam("of")).values(seq=bindparam("to"), hash=bindparam("new"))
HASHED = ("stream", "seq", "at", "actor", "actor_name", "action", "detail", "prev_hash")


def _hash(columns: Mapping[str, Any]) -> str:
    hashed = {name: columns[name] for name in HASHED[:-1]}
    return canonical.digest({**hashed, "prev": columns["prev_hash"]})


def append(db: Session, stream: str, action: str, *, by: Identity, now: datetime, **detail: Any) -> None:
    """Append one entry to the stream. `detail` never holds identity numbers, keys or answers.

    Without objects, since most of what candidates do appends one; what it tells of is written before it.
    """
    db.flush()
    connection = db.connection()
    seq, prev_hash = _locked_head(connection, stream)
    entry = _columns(stream, seq + 1, prev_hash, action, detail, by=by, now=now)
    connection.execute(insert(ENTRIES), entry)
    connection.execute(MOVED, {"of": stream, "to": entry["seq"], "new": entry["hash"]})


Detailed = tuple[str, dict[str, Any]]
"""A stream and the detail of its entry."""


def begin(db: Session, firsts: Iterable[Detailed], action: str, *, by: Identity, now: datetime) -> None:
    """Begin streams of which nobody knows yet, each with one entry of its detail: for many new things at once."""
    entries = [_columns(stream, 1, GENESIS, action, detail, by=by, now=now) for stream, detail in firsts]
    if entries:
        db.execute(insert(HEADS), [{name: entry[name] for name in ("stream", "seq", "hash")} for entry in entries])
        db.execute(insert(ENTRIES), entries)


def append_each(db: Session, nexts: Sequence[Detailed], action: str, *, by: Identity, now: datetime) -> None:
    """Append one entry of its detail to each of many streams, none of them twice."""
    db.flush()
    query = select(HEADS).where(HEADS.c.stream.in_([stream for stream, _ in nexts])).order_by(HEADS.c.stream)
    heads = {head.stream: head for head in db.execute(query.with_for_update())}
    entries = [
        _columns(stream, heads[stream].seq + 1, heads[stream].hash, action, detail, by=by, now=now)
        for stream, detail in nexts
        if stream in heads
    ]
    if entries:
        db.execute(MOVED, [{"of": entry["stream"], "to": entry["seq"], "new": entry["hash"]} for entry in entries])
        db.execute(insert(ENTRIES), entries)
    begin(db, [(stream, detail) for stream, detail in nexts if stream not in heads], action, by=by, now=now)


def _columns(
    stream: str, seq: int, prev_hash: str, action: str, detail: dict[str, Any], *, by: Identity, now: datetime
) -> dict[str, Any]:
    columns = {
        "stream": stream,
        "seq": seq,
        "at": now,
        "actor": by.actor,
        "actor_name": by.name,
        "action": action,
        "detail": canonical.plain(detail),
        "prev_hash": prev_hash,
    }
    return {**columns, "hash": _hash(columns)}


def _locked_head(connection: Connection, stream: str) -> tuple[int, str]:
    """Return where the stream stands, which stays so until the transaction ends; a new one is begun."""
    head = connection.execute(_HEAD, {"of": stream}).one_or_none()
    if head is None:
        begun = {"stream": stream, "seq": 0, "hash": GENESIS}
        head = connection.execute(_BEGUN[connection.dialect.name], begun).one()
    return head.seq, head.hash


def _begun(insert_into: Callable[[Table], Any]) -> Executable:
    """Return what begins a stream, or takes it as it stands where somebody else has begun it meanwhile."""
    statement = insert_into(HEADS)
    kept = statement.on_conflict_do_update(index_elements=["stream"], set_={"seq": HEADS.c.seq})
    return cast("Executable", kept.returning(HEADS.c.seq, HEADS.c.hash))


_HEAD = select(HEADS.c.seq, HEADS.c.hash).where(HEADS.c.stream == bindparam("of")).with_for_update()
_BEGUN = {"postgresql": _begun(postgresql.insert), "sqlite": _begun(sqlite.insert)}


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
