"""The outbox."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from examsvc.core import ids
from examsvc.core.db import Base, EnumText, one_of


class MailState(StrEnum):
    WAITING = "WAITING"
    SENT = "SENT"
    FAILED = "FAILED"  # refused for good, or tried too often


class OutgoingMail(Base):
    """A letter that was written with a change and is sent after it. Its id is its Message-ID."""

    __tablename__ = "outgoing_mails"
    __table_args__ = (one_of("state", MailState), Index("ix_outgoing_mails_due", "state", "next_try_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    to_address: Mapped[str] = mapped_column(String(254))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[MailState] = mapped_column(EnumText(MailState), default=MailState.WAITING)
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    next_try_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(String(200), default="")
