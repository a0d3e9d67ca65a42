"""Written answers to be marked, who marks them, and the append-only log of marks. Values are hundredths of a point."""

from datetime import datetime
from fractions import Fraction
from typing import ClassVar
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.accounts.models import Account
from examsvc.core import ids
from examsvc.core.db import Base, EnumText, one_of
from examsvc.delivery.models import ExamSession, Sitting
from questionbank.models import ItemVersion
from scoring.models import ExactPoints
from scoring.written.settling import DEFAULT_STEP, DEFAULT_TOLERANCE
from scoring.written.states import MARKING_LIFECYCLE, Duty, MarkingState


class WrittenMarking(Base):
    """主观题评阅 of an exam session: percent of an answer's most by which two marks may differ, and the least step.

    digest: of all marks that counted, once closed.
    """

    __tablename__ = "written_markings"
    __table_args__ = (
        one_of("state", MarkingState),
        CheckConstraint("tolerance BETWEEN 0 AND 100", name="tolerance"),
        CheckConstraint("step > 0", name="step"),
        CheckConstraint("(state = 'CLOSED') = (closed_at IS NOT NULL)", name="closed_has_instant"),
        CheckConstraint("(state = 'CLOSED') = (digest IS NOT NULL)", name="closed_has_digest"),
    )
    lifecycle: ClassVar = MARKING_LIFECYCLE

    exam_session_id: Mapped[UUID] = mapped_column(ForeignKey("exam_sessions.id"), primary_key=True)
    tolerance: Mapped[int] = mapped_column(default=DEFAULT_TOLERANCE)
    step: Mapped[int] = mapped_column(default=DEFAULT_STEP)
    state: Mapped[MarkingState] = mapped_column(EnumText(MarkingState), default=MarkingState.OPEN)
    closed_at: Mapped[datetime | None]
    digest: Mapped[str | None] = mapped_column(String(64))
    exam_session: Mapped[ExamSession] = relationship()

    @property
    def audit_stream(self) -> str:
        return self.exam_session.audit_stream


class WrittenDuty(Base):
    """评阅分工: somebody marks or arbitrates one question of an exam session, or all that name nobody themselves."""

    __tablename__ = "written_duties"
    __table_args__ = (
        UniqueConstraint("exam_session_id", "account_id", "duty", "item_version_id"),
        one_of("duty", Duty),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    exam_session_id: Mapped[UUID] = mapped_column(ForeignKey("exam_sessions.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), index=True)
    duty: Mapped[Duty] = mapped_column(EnumText(Duty))
    item_version_id: Mapped[UUID | None] = mapped_column(ForeignKey("item_versions.id"))
    account: Mapped[Account] = relationship()


class WrittenAnswer(Base):
    """主观题作答: what people mark of one sitting: a question, or the part of a composite.

    The id is random, for it is all that a marker knows the answer by. digest: of the text as the sitting's end left
    it, None when it is blank; the text itself stays in the log of responses.
    """

    __tablename__ = "written_answers"
    __table_args__ = (UniqueConstraint("sitting_id", "item_ref", "part"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    exam_session_id: Mapped[UUID] = mapped_column(ForeignKey("exam_sessions.id"), index=True)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sittings.id"))
    item_version_id: Mapped[UUID] = mapped_column(ForeignKey("item_versions.id"), index=True)
    item_ref: Mapped[str] = mapped_column(String(8))
    part: Mapped[str] = mapped_column(String(8))
    most: Mapped[Fraction] = mapped_column(ExactPoints())
    digest: Mapped[str | None] = mapped_column(String(64))
    sitting: Mapped[Sitting] = relationship()
    item_version: Mapped[ItemVersion] = relationship()

    @property
    def code(self) -> str:
        """Return the anonymous code 密号 that the answer has on screens."""
        return self.id.hex[:6].upper()


class WrittenMark(Base):
    """主观题评分: one line of an answer's log. `value` None takes the mark back; a marker's last one counts.

    answer_digest: of the text that was marked; a mark of another text than the answer has now does not count.
    """

    __tablename__ = "written_marks"
    __table_args__ = (UniqueConstraint("answer_id", "arrival_seq"), one_of("duty", Duty))

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    answer_id: Mapped[UUID] = mapped_column(ForeignKey("written_answers.id"))
    arrival_seq: Mapped[int]
    marker_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    duty: Mapped[Duty] = mapped_column(EnumText(Duty))
    value: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text)
    answer_digest: Mapped[str] = mapped_column(String(64))
    received_at: Mapped[datetime]
    marker: Mapped[Account] = relationship()
