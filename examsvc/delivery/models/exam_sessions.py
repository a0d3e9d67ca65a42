"""Exam sessions 场次: the window, the rules, and the plan of papers."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Integer, String, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.accounts.models import Account
from examsvc.core import ids
from examsvc.core.db import Base, EnumText, one_of
from examsvc.delivery.models.batches import Batch
from examsvc.delivery.states import (
    EXAM_SESSION_LIFECYCLE,
    CameraRule,
    ClockRule,
    ExamSessionState,
    NavigationRule,
)
from examsvc.registry.models import Filing
from questionbank.models import Paper, PaperDraw


class ExamSession(Base):
    """场次. The window runs from `starts_at` to `ends_at`; the paper takes `minutes`.

    The plan of papers is one paper for all, or a draw of forms: parallel ones go by seat, individual ones to one
    candidate each. What is shuffled is shuffled for each candidate; individual forms are shown as drawn.
    What the numbers mean is said in `instants.Window`, where they come from in `session_rules`.
    In a rehearsal 彩排 nobody is real, and nothing of it is decided on, counted or certified.
    `seating_seed` repeats the last seat plan that went by chance.
    `safe_browser_needed`: the paper is shown in Safe Exam Browser only.
    `conditions` 申报条件: what a candidate must meet one of, and states which; without any nothing is stated.
    `accept_offline`: what arrives late may count as in time when its page says that it was made before the end.
    `plan_digest`: of the paper plan as `plan_approved_by` approved it; `plan_changed_by` last changed it. All None in
    sessions that are older than approvals.
    `papers_withheld_at`: since when nobody begins, for a question became known outside; None once that was decided on.
    `papers_allowed_at`: when it was last decided that they begin all the same.
    """

    __tablename__ = "exam_sessions"
    __table_args__ = (
        one_of("state", ExamSessionState),
        one_of("clock_rule", ClockRule),
        one_of("camera_rule", CameraRule),
        one_of("navigation", NavigationRule),
        CheckConstraint("starts_at < ends_at", name="window"),
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("grace_seconds BETWEEN 0 AND 300", name="grace"),
        CheckConstraint(
            "state <> 'PUBLISHED' OR paper_id IS NOT NULL OR draw_id IS NOT NULL", name="published_has_papers"
        ),
        CheckConstraint("paper_id IS NULL OR draw_id IS NULL", name="one_plan_of_papers"),
        CheckConstraint(
            "plan_approved_by_id IS NULL OR plan_changed_by_id IS NULL OR plan_approved_by_id <> plan_changed_by_id",
            name="plan_four_eyes",
        ),
        CheckConstraint(
            "(plan_approved_at IS NULL) = (plan_approved_by_id IS NULL)"
            " AND (plan_approved_at IS NULL) = (plan_digest IS NULL)",
            name="plan_approval_whole",
        ),
    )
    lifecycle: ClassVar = EXAM_SESSION_LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(200))
    batch_id: Mapped[UUID | None] = mapped_column(ForeignKey("batches.id"), index=True)
    filing_id: Mapped[UUID] = mapped_column(ForeignKey("filings.id"))
    paper_id: Mapped[UUID | None] = mapped_column(ForeignKey("papers.id"))
    draw_id: Mapped[UUID | None] = mapped_column(ForeignKey("paper_draws.id"))
    shuffle_questions: Mapped[bool] = mapped_column(default=True)
    shuffle_options: Mapped[bool] = mapped_column(default=True)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    minutes: Mapped[int]
    clock_rule: Mapped[ClockRule] = mapped_column(EnumText(ClockRule), default=ClockRule.COMMON)
    camera_rule: Mapped[CameraRule] = mapped_column(EnumText(CameraRule), default=CameraRule.OPTIONAL)
    late_entry_minutes: Mapped[int] = mapped_column(default=30)
    late_extends_time: Mapped[bool] = mapped_column(default=False)
    login_absent_minutes: Mapped[int] = mapped_column(default=30)
    # Without `evaluates_none` an INSERT would take the default for None, which says that nobody hands in early.
    earliest_hand_in_minutes: Mapped[int | None] = mapped_column(Integer().evaluates_none(), default=30)
    last_minutes_consent: Mapped[int] = mapped_column(default=10)
    grace_seconds: Mapped[int] = mapped_column(default=15)
    navigation: Mapped[NavigationRule] = mapped_column(EnumText(NavigationRule), default=NavigationRule.FREE)
    calculator_allowed: Mapped[bool] = mapped_column(default=False)
    accept_offline: Mapped[bool] = mapped_column(default=True)
    safe_browser_needed: Mapped[bool] = mapped_column(default=False)
    state: Mapped[ExamSessionState] = mapped_column(EnumText(ExamSessionState), default=ExamSessionState.DRAFT)
    is_rehearsal: Mapped[bool] = mapped_column(default=False)
    seating_seed: Mapped[str | None] = mapped_column(String(32))
    plan_changed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    plan_approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    plan_approved_at: Mapped[datetime | None]
    plan_digest: Mapped[str | None] = mapped_column(String(64))
    papers_withheld_at: Mapped[datetime | None]
    papers_allowed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    batch: Mapped[Batch | None] = relationship()
    filing: Mapped[Filing] = relationship()
    paper: Mapped[Paper | None] = relationship()
    draw: Mapped[PaperDraw | None] = relationship()
    plan_changed_by: Mapped[Account | None] = relationship(foreign_keys=[plan_changed_by_id])
    plan_approved_by: Mapped[Account | None] = relationship(foreign_keys=[plan_approved_by_id])
    conditions: Mapped[list["ApplicationCondition"]] = relationship(
        order_by="ApplicationCondition.number", cascade="all, delete-orphan"
    )

    @property
    def audit_stream(self) -> str:
        return f"exam-session:{self.id}"

    def others_at_its_time(self) -> ColumnElement[bool]:
        """Return the condition for other exam sessions whose windows overlap this one's."""
        overlaps = and_(ExamSession.starts_at < self.ends_at, ExamSession.ends_at > self.starts_at)
        return and_(ExamSession.id != self.id, overlaps)

    @property
    def begins_at(self) -> datetime:
        """When candidates begin together: at the start, or once papers that were withheld were allowed."""
        return max(self.starts_at, self.papers_allowed_at or self.starts_at)

    @property
    def application_conditions(self) -> list[str]:
        """Return the lines of the conditions in the order of their numbers, which count from 1."""
        return [condition.text for condition in self.conditions]

    @application_conditions.setter
    def application_conditions(self, lines: list[str]) -> None:
        kept = self.conditions[: len(lines)]
        for condition, line in zip(kept, lines, strict=False):
            condition.text = line
        more = enumerate(lines[len(kept) :], start=len(kept) + 1)
        self.conditions = [*kept, *(ApplicationCondition(number=number, text=line) for number, line in more)]


class ApplicationCondition(Base):
    """申报条件: one of an exam session's numbered conditions, as the office wrote it down."""

    __tablename__ = "application_conditions"
    __table_args__ = (UniqueConstraint("exam_session_id", "number"), CheckConstraint("number > 0", name="number"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    exam_session_id: Mapped[UUID] = mapped_column(ForeignKey("exam_sessions.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(String(300))
