"""Appending to the audit log: an entry, what a block says of many streams, the first ones of many new streams."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
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
    held: dict[str, list[_Said]] | None = db.info.get(_HELD)
    said = _Said(action, detail, by, now)
    if held is None:
        _write(db, {stream: [said]})
    else:
        held.setdefault(stream, []).append(said)


@contextmanager
def together(db: Session) -> Iterator[None]:
    """Append what the block appends, to whichever streams, at its end in one go; if it raises, nothing.

    Not to be nested.
    """
    if _HELD in db.info:
        raise RuntimeError("entries are held together already")
    held: dict[str, list[_Said]] = {}
    db.info[_HELD] = held
    try:
        yield
    finally:
        del db.info[_HELD]
    if held:
        _write(db, held)


_HELD: Final = "examsvc.audit_held"


@dataclass(frozen=True)
class _Said:
    action: str
    detail: dict[str, Any]
    by: Identity
    now: datetime


def _write(db: Session, said: Mapping[str, Sequence[_Said]]) -> None:
    """Append to each stream what is said of it, in order."""
    db.flush()
    connection = db.connection()
    heads = _locked_heads(connection, sorted(said))
    chains = [_chained(stream, *heads[stream], said[stream]) for stream in heads]
    moved = [{"of": chain[-1]["stream"], "to": chain[-1]["seq"], "new": chain[-1]["hash"]} for chain in chains]
    connection.execute(insert(ENTRIES), [entry for chain in chains for entry in chain])
    connection.execute(MOVED, moved if len(moved) > 1 else moved[0])


def _chained(stream: str, seq: int, head: str, said: Sequence[_Said]) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = []
    for place, one in enumerate(said, start=seq + 1):
        before = entries[-1]["hash"] if entries else head
        entries.append(_columns(stream, place, before, one.action, one.detail, by=one.by, now=one.now))
    return entries


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
    if _HELD in db.info:
        raise RuntimeError("entries are held together: these would come before them")
    if nexts:
        _write(db, {stream: [_Said(action, detail, by, now)] for stream, detail in nexts})


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


def _locked_heads(connection: Connection, streams: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Return where the streams stand, which stays so until the transaction ends; new ones are begun."""
    one = len(streams) == 1
    heads = connection.execute(_HEAD, {"of": streams[0]}) if one else connection.execute(_HEADS, {"of": streams})
    found = {head.stream: (head.seq, head.hash) for head in heads}
    for stream in streams:
        if stream not in found:
            begun = {"stream": stream, "seq": 0, "hash": GENESIS}
            head = connection.execute(_BEGUN[connection.dialect.name], begun).one()
            found[stream] = head.seq, head.hash
    return found


def _begun(insert_into: Callable[[Table], Any]) -> Executable:
    """Return what begins a stream, or takes it as it stands where somebody else has begun it meanwhile."""
    statement = insert_into(HEADS)
    kept = statement.on_conflict_do_update(index_elements=["stream"], set_={"seq": HEADS.c.seq})
    return cast("Executable", kept.returning(HEADS.c.seq, HEADS.c.hash))


_HEAD = select(HEADS).where(HEADS.c.stream == bindparam("of")).with_for_update()
_HEADS = select(HEADS).where(HEADS.c.stream.in_(bindparam("of", expanding=True)))
_HEADS = _HEADS.order_by(HEADS.c.stream).with_for_update()
_BEGUN = {"postgresql": _begun(postgresql.insert), "sqlite": _begun(sqlite.insert)}
