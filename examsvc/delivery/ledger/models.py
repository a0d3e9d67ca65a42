"""What the time ledger keeps: the service's last heartbeat, outages, and the credits that follow from them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.core import ids
from examsvc.core.db import Base, EnumText, one_of
from examsvc.delivery.ledger.crediting import Span
from examsvc.delivery.ledger.states import CREDIT_LIFECYCLE, Cause, CreditState
from examsvc.delivery.models import SessionRoom, Sitting

ONLY = 1
SERVICE_STREAM = "service"


class Heartbeat(Base):
    """The one row that says when the service last proved, by a commit, that it serves; and which process did."""

    __tablename__ = "heartbeats"
    __table_args__ = (CheckConstraint(f"id = {ONLY}", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=ONLY)
    at: Mapped[datetime]
    process: Mapped[str] = mapped_column(String(40))
    process_began_at: Mapped[datetime]


class Outage(Base):
    """中断: time that was lost. Of the whole service, or in one exam session; `proposed_at` is None until credits are.

    `note` is what a proctor said; `by_account_id` who, None for what the service found itself.
    """

    __tablename__ = "outages"
    __table_args__ = (
        one_of("cause", Cause),
        CheckConstraint("from_at < to_at", name="lasts"),
        CheckConstraint("(exam_session_id IS NULL) = (cause IN ('SERVICE', 'DATABASE'))", name="everybodys"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    cause: Mapped[Cause] = mapped_column(EnumText(Cause))
    exam_session_id: Mapped[UUID | None] = mapped_column(ForeignKey("exam_sessions.id"), index=True)
    session_room_id: Mapped[UUID | None] = mapped_column(ForeignKey("session_rooms.id"))
    from_at: Mapped[datetime]
    to_at: Mapped[datetime] = mapped_column(index=True)
    noted_at: Mapped[datetime]
    note: Mapped[str] = mapped_column(Text, default="")
    by_account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    proposed_at: Mapped[datetime | None]
    session_room: Mapped[SessionRoom | None] = relationship()

    @property
    def span(self) -> Span:
        return Span(self.from_at, self.to_at)

    @property
    def audit_stream(self) -> str:
        return f"exam-session:{self.exam_session_id}" if self.exam_session_id else SERVICE_STREAM


class TimeCredit(Base):
    """补时: seconds of one outage for one sitting. `spans` is the very time they stand for: [[from, to], …].

    `lapsed_because` is why the start was moved that made it void, whatever had been decided before.
    """

    __tablename__ = "time_credits"
    __table_args__ = (
        one_of("state", CreditState),
        UniqueConstraint("outage_id", "sitting_id"),
        CheckConstraint("seconds > 0", name="seconds"),
        CheckConstraint("(decided_at IS NULL) = (state = 'PROPOSED')", name="decided"),
    )
    lifecycle: ClassVar = CREDIT_LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    outage_id: Mapped[UUID] = mapped_column(ForeignKey("outages.id"))
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sittings.id"), index=True)
    seconds: Mapped[int]
    spans: Mapped[list[Any]]
    state: Mapped[CreditState] = mapped_column(EnumText(CreditState), default=CreditState.PROPOSED, index=True)
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    lapsed_because: Mapped[str | None] = mapped_column(Text)
    outage: Mapped[Outage] = relationship()
    sitting: Mapped[Sitting] = relationship()

    @property
    def audit_stream(self) -> str:
        return f"sitting:{self.sitting_id}"


def written(spans: Iterable[Span]) -> list[Any]:
    """Return spans as a credit stores them."""
    return [[span.from_at.isoformat(), span.to_at.isoformat()] for span in spans]


def read(stored: Iterable[Any]) -> list[Span]:
    """Return the spans that a credit stores."""
    return [Span(datetime.fromisoformat(from_at), datetime.fromisoformat(to_at)) for from_at, to_at in stored]
