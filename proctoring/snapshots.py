"""Kept frames: stored by content, each row bound by a hash to the one before it in the same sitting."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from examsvc.core import blobs, canonical
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery.models import Enrolment, Sitting
from proctoring import membership
from proctoring.cadence import KeepReason
from proctoring.models import Snapshot

CHAIN_START = "0" * 64
ATTEMPTS = 3


@dataclass(frozen=True)
class Stored:
    """A frame whose bytes are in the blob store under `digest`."""

    sitting_id: UUID
    taken_at: datetime
    received_at: datetime
    digest: str
    size: int
    reason: KeepReason


def link(previous: str, digest: str, seq: int, received_at: datetime) -> str:
    """Return the chain value of a snapshot: sha256(previous ‖ frame digest ‖ seq ‖ instant)."""
    text = f"{previous}{digest}{seq}{canonical.instant(received_at)}"
    return hashlib.sha256(text.encode()).hexdigest()


def keep(db: Session, frames: Iterable[Stored]) -> None:
    """Append the frames to the chains of their sittings; always in one order, so that two writers never deadlock."""
    for frame in sorted(frames, key=lambda frame: frame.sitting_id):
        _append(db, frame)


def _append(db: Session, frame: Stored) -> None:
    """A candidate who moved to another process may have a frame kept there at the same time: then try again."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with db.begin_nested():
                db.add(_next(db, frame))
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise
        else:
            return


def _next(db: Session, frame: Stored) -> Snapshot:
    query = select(Snapshot).filter_by(sitting_id=frame.sitting_id).order_by(Snapshot.seq.desc()).limit(1)
    last = db.scalars(query).one_or_none()
    seq, previous = (last.seq + 1, last.chain) if last else (1, CHAIN_START)
    return Snapshot(
        sitting_id=frame.sitting_id,
        seq=seq,
        taken_at=frame.taken_at,
        received_at=frame.received_at,
        frame_digest=frame.digest,
        size=frame.size,
        reason=str(frame.reason),
        chain=link(previous, frame.digest, seq, frame.received_at),
    )


def history(db: Session, sitting_id: UUID) -> list[Snapshot]:
    """Return the sitting's snapshots in the order of their chain."""
    return list(db.scalars(select(Snapshot).filter_by(sitting_id=sitting_id).order_by(Snapshot.seq)))


def watched_snapshot(db: Session, snapshot_id: UUID, *, by: Identity) -> Snapshot:
    """Return a snapshot of a sitting the caller watches; raises NotFound for any other, which looks like none."""
    snapshot = db.get(Snapshot, snapshot_id)
    query = select(Enrolment.exam_session_id).join(Sitting).join(Snapshot).where(Snapshot.id == snapshot_id)
    exam_session_id = db.scalar(query)
    if snapshot is None or exam_session_id is None or not membership.watches(db, exam_session_id, by=by):
        raise NotFound(thing="snapshot")
    return snapshot


def verify(db: Session, sitting_id: UUID, *, read_bytes: bool = False) -> int | None:
    """Return the seq of the first snapshot that was altered, is missing or out of order, or None when all is whole.

    With `read_bytes` the stored pictures are compared with their digests too.
    """
    previous = CHAIN_START
    for seq, snapshot in enumerate(history(db, sitting_id), start=1):
        if snapshot.seq != seq or snapshot.chain != link(previous, snapshot.frame_digest, seq, snapshot.received_at):
            return seq
        if read_bytes and not _is_stored(snapshot.frame_digest):
            return seq
        previous = snapshot.chain
    return None


def _is_stored(digest: str) -> bool:
    try:
        blobs.get(digest)
    except NotFound:
        return False
    return True
