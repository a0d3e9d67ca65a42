"""What is stored of the audit log: the streams' heads and their entries."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from examsvc.core import canonical, ids
from examsvc.core.db import Base

GENESIS = "0" * 64
HASHED = ("stream", "seq", "at", "actor", "actor_name", "action", "detail", "prev_hash")


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
        return hash_of({name: getattr(self, name) for name in HASHED})


HEADS, ENTRIES = (cast("Table", model.__table__) for model in (AuditHead, AuditEntry))


def hash_of(columns: Mapping[str, Any]) -> str:
    """Return the hash of an entry with these columns."""
    hashed = {name: columns[name] for name in HASHED[:-1]}
    return canonical.digest({**hashed, "prev": columns["prev_hash"]})
