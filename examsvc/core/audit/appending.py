"""Appending to the audit log: one entry, one for each of many streams, the first ones of many new streams."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, cast

from sqlalchemy import Connection, Executable, Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from examsvc.core import canonical
from examsvc.core.audit.models import ENTRIES, GENESIS, HEADS, hash_of
from examsvc.core.identity import Identity

MOVED = update(HEADS).where(HEADS.c.stream == bindparam("of")).values(seq=bindparam("to"), hash=bindparam("new"))


def append(db: Session, stream: str, action: str, *, by: Identity, now: datetime, **detail: Any) -> None:
    """Append one entry to the stream. `detail` never holds identity numbers, keys or answers.

    Without objects, since most of what candidates do appends one; what it tells of is written before it.
    """
    held: _Held | None = db.info.get(_HELD)
    said = _Said(action, detail, by, now)
    if held is not None and held.stream == stream:
        held.said.append(said)
    else:
        _write(db, stream, [said])


@contextmanager
def together(db: Session, stream: str) -> Iterator[None]:
    """Append what the block appends to the stream at its end, in one go; if it raises, nothing. Not to be nested."""
    if _HELD in db.info:
        raise RuntimeError("entries are held together already")
    held = db.info[_HELD] = _Held(stream)
    try:
        yield
    finally:
        del db.info[_HELD]
    if held.said:
        _write(db, stream, held.said)


_HELD: Final = "examsvc.audit_held"


@dataclass(frozen=True)
class _Said:
    action: str
    detail: dict[str, Any]
    by: Identity
    now: datetime


@dataclass(frozen=True)
class _Held:
    stream: str
    said: list[_Said] = field(default_factory=list)


def _write(db: Session, stream: str, said: Sequence[_Said]) -> None:
    db.flush()
    connection = db.connection()
    seq, head = _locked_head(connection, stream)
    entries = []
    for one in said:
        entries.append(_columns(stream, seq + 1, head, one.action, one.detail, by=one.by, now=one.now))
        seq, head = seq + 1, entries[-1]["hash"]
    connection.execute(insert(ENTRIES), entries)
    connection.execute(MOVED, {"of": stream, "to": seq, "new": head})


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
    return {**columns, "hash": hash_of(columns)}


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
