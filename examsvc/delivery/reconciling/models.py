"""What candidates' pages report of their journals."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from examsvc.core.db import Base


class JournalReport(Base):
    """作答日志报告: how many lines a page wrote in an epoch, and how many it was told are stored.

    `receipt_seq` and `receipt_head` are from the last receipt that the page showed and that bears our signature: what
    we did acknowledge, whatever the page says.
    """

    __tablename__ = "journal_reports"
    __table_args__ = (CheckConstraint("(receipt_seq IS NULL) = (receipt_head IS NULL)", name="receipt_is_whole"),)

    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sittings.id"), primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    written_seq: Mapped[int]
    acknowledged_seq: Mapped[int]
    receipt_seq: Mapped[int | None]
    receipt_head: Mapped[str | None] = mapped_column(String(64))
    reported_at: Mapped[datetime]
