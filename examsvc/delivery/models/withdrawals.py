"""Enrolments that were withdrawn 撤销报名: what of them must never be used again, and why they were."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from examsvc.core.db import Base


class WithdrawnEnrolment(Base):
    """撤销的报名: the enrolment's own row is gone; its id and its sitting's stay, by which the audit log names them.

    `paper_id` is the form of its own that the candidate was given, which nobody else is given; None without one.
    `reason` may be empty for one that was withdrawn from a draft.
    """

    __tablename__ = "withdrawn_enrolments"

    enrolment_id: Mapped[UUID] = mapped_column(primary_key=True)
    sitting_id: Mapped[UUID]
    exam_session_id: Mapped[UUID] = mapped_column(ForeignKey("exam_sessions.id"), index=True)
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"), index=True)
    ticket_number: Mapped[str] = mapped_column(String(24), unique=True)
    seat_label: Mapped[str] = mapped_column(String(20))
    paper_id: Mapped[UUID | None] = mapped_column(ForeignKey("papers.id"), unique=True)
    reason: Mapped[str] = mapped_column(Text)
    withdrawn_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    withdrawn_at: Mapped[datetime]
