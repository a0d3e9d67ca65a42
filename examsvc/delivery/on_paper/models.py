"""Sittings that went on by hand, and the copies of their sheets that people typed."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.core.db import Base, EnumText, one_of
from examsvc.delivery.models import Sitting
from examsvc.delivery.on_paper.states import PAPER_LIFECYCLE, PaperState


class OnPaper(Base):
    """纸笔续考: since when a sitting's clock stands for the print, and with how many seconds left.

    `stored_epoch` is the epoch of its answers among the responses: what was answered by hand, and not at a machine;
    None also when there was nothing to store.
    """

    __tablename__ = "on_paper"
    __table_args__ = (
        one_of("state", PaperState),
        CheckConstraint("(stored_at IS NOT NULL) = (state = 'STORED')", name="stored_has_instant"),
        CheckConstraint("stored_epoch IS NULL OR stored_at IS NOT NULL", name="epoch_is_stored"),
        CheckConstraint("left_seconds >= 0", name="left_seconds"),
    )
    lifecycle: ClassVar = PAPER_LIFECYCLE

    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sittings.id"), primary_key=True)
    state: Mapped[PaperState] = mapped_column(EnumText(PaperState), default=PaperState.WRITING)
    since: Mapped[datetime]
    left_seconds: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    put_by_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    stored_at: Mapped[datetime | None]
    stored_epoch: Mapped[int | None]
    stored_count: Mapped[int] = mapped_column(default=0)
    sitting: Mapped[Sitting] = relationship()

    @property
    def audit_stream(self) -> str:
        return self.sitting.audit_stream


class Transcript(Base):
    """录入稿: one person's copy of a sheet: the answer to every question, and the times written on it."""

    __tablename__ = "transcripts"
    __table_args__ = (
        UniqueConstraint("sitting_id", "account_id"),
        CheckConstraint("number IN (1, 2)", name="number"),
        CheckConstraint("began_at <= handed_in_at", name="times"),
    )

    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("on_paper.sitting_id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    answers: Mapped[dict[str, Any]]
    began_at: Mapped[datetime]
    handed_in_at: Mapped[datetime]
    typed_at: Mapped[datetime]
