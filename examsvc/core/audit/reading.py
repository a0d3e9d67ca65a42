"""Reading the audit log: one stream, or the latest of many."""

import heapq
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from examsvc.core.audit.models import AuditEntry

STREAMS_A_QUERY = 500


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
