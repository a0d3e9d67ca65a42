"""Candidates 考生 and their places in exam sessions 报名."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.core import ids
from examsvc.core.db import Base
from examsvc.delivery.models.exam_sessions import ExamSession

if TYPE_CHECKING:
    from examsvc.delivery.models.sittings import Sitting


class Candidate(Base):
    """考生. The identity number is sealed; `identity_index` finds it without reading it."""

    __tablename__ = "candidates"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    document_type: Mapped[str] = mapped_column(String(20), default="ID_CARD")
    identity_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    identity_index: Mapped[str] = mapped_column(String(64), unique=True)
    photo_digest: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]


class Enrolment(Base):
    """报名: a candidate's place in an exam session, with ticket 准考证 and seat."""

    __tablename__ = "enrolments"
    __table_args__ = (
        UniqueConstraint("exam_session_id", "candidate_id"),
        UniqueConstraint("exam_session_id", "seat_number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    exam_session_id: Mapped[UUID] = mapped_column(ForeignKey("exam_sessions.id"))
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"), index=True)
    ticket_number: Mapped[str] = mapped_column(String(24), unique=True)
    seat_number: Mapped[int]
    created_at: Mapped[datetime]
    exam_session: Mapped[ExamSession] = relationship()
    candidate: Mapped[Candidate] = relationship()
    sitting: Mapped["Sitting"] = relationship(back_populates="enrolment")
