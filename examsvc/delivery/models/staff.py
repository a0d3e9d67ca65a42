"""Who serves in an exam session 考务人员: proctors, inner supervisors, examiners; and whom they are related to."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.accounts.models import Account
from examsvc.core import ids
from examsvc.core.db import Base, EnumText, one_of
from examsvc.delivery.models.enrolments import Candidate
from examsvc.delivery.models.session_rooms import SessionRoom
from examsvc.delivery.staffing.duties import Relationship


class ProctorAssignment(Base):
    """监考安排: who proctors an exam session. A chief decides about lost time for everybody in it.

    Without a room somebody serves in none and watches from afar.
    """

    __tablename__ = "proctor_assignments"

    exam_session_id: Mapped[UUID] = mapped_column(ForeignKey("exam_sessions.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    session_room_id: Mapped[UUID | None] = mapped_column(ForeignKey("session_rooms.id", ondelete="SET NULL"))
    is_chief: Mapped[bool] = mapped_column(default=False)
    account: Mapped[Account] = relationship()
    session_room: Mapped[SessionRoom | None] = relationship()


class InnerSupervisorAssignment(Base):
    """内部督导安排: who supervises an exam session for its organisation, and neither examines nor proctors in it."""

    __tablename__ = "inner_supervisor_assignments"

    exam_session_id: Mapped[UUID] = mapped_column(ForeignKey("exam_sessions.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    account: Mapped[Account] = relationship()


class ExaminerAssignment(Base):
    """考评安排: who examines the practical tasks of an exam session."""

    __tablename__ = "examiner_assignments"

    exam_session_id: Mapped[UUID] = mapped_column(ForeignKey("exam_sessions.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    account: Mapped[Account] = relationship()


class DeclaredRelation(Base):
    """回避关系: what a member of staff declared to be to a candidate; it holds in all the candidate's sessions."""

    __tablename__ = "declared_relations"
    __table_args__ = (one_of("kind", Relationship), UniqueConstraint("account_id", "candidate_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"), index=True)
    kind: Mapped[Relationship] = mapped_column(EnumText(Relationship))
    note: Mapped[str] = mapped_column(String(200))
    declared_at: Mapped[datetime]
    entered_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    candidate: Mapped[Candidate] = relationship()
