"""Exam sessions, candidates, enrolments, sittings, and the append-only log of responses."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Connection,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    event,
    inspect,
    text,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from examsvc.core import ids
from examsvc.core.db import Base, EnumText, one_of
from examsvc.delivery.errors import PaperOpened
from examsvc.delivery.states import (
    EXAM_SESSION_LIFECYCLE,
    SITTING_LIFECYCLE,
    CameraRule,
    ClockRule,
    ExamSessionState,
    FinishReason,
    SittingState,
)
from examsvc.registry.models import Filing
from questionbank.models import Paper, PaperDraw

CHAIN_START = "0" * 64


class ExamSession(Base):
    """场次. The window runs from `starts_at` to `ends_at`; the paper takes `minutes`.

    The plan of papers is one paper for all, or a draw of forms: parallel ones go by seat, individual ones to one
    candidate each. What is shuffled is shuffled for each candidate; individual forms are shown as drawn.
    """

    __tablename__ = "exam_sessions"
    __table_args__ = (
        one_of("state", ExamSessionState),
        one_of("clock_rule", ClockRule),
        one_of("camera_rule", CameraRule),
        CheckConstraint("starts_at < ends_at", name="window"),
        CheckConstraint("minutes > 0", name="minutes"),
        CheckConstraint("grace_seconds BETWEEN 0 AND 300", name="grace"),
        CheckConstraint(
            "state <> 'PUBLISHED' OR paper_id IS NOT NULL OR draw_id IS NOT NULL", name="published_has_papers"
        ),
        CheckConstraint("paper_id IS NULL OR draw_id IS NULL", name="one_plan_of_papers"),
    )
    lifecycle: ClassVar = EXAM_SESSION_LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    place: Mapped[str] = mapped_column(String(200))
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
    earliest_hand_in_minutes: Mapped[int] = mapped_column(default=30)
    grace_seconds: Mapped[int] = mapped_column(default=15)
    state: Mapped[ExamSessionState] = mapped_column(EnumText(ExamSessionState), default=ExamSessionState.DRAFT)
    created_at: Mapped[datetime]
    filing: Mapped[Filing] = relationship()
    draw: Mapped[PaperDraw | None] = relationship()

    @property
    def audit_stream(self) -> str:
        return f"exam-session:{self.id}"


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
        CheckConstraint("extra_minutes >= 0", name="extra_minutes"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    exam_session_id: Mapped[UUID] = mapped_column(ForeignKey("exam_sessions.id"))
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"), index=True)
    ticket_number: Mapped[str] = mapped_column(String(24), unique=True)
    seat_number: Mapped[int]
    extra_minutes: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    exam_session: Mapped[ExamSession] = relationship()
    candidate: Mapped[Candidate] = relationship()
    sitting: Mapped["Sitting"] = relationship(back_populates="enrolment")


class Sitting(Base):
    """一次应考.

    The paper is given when the exam session is published, or at enrolling after that, and stays once it was opened.
    `arrangement` is this candidate's own order of it, stored with it and never made again: the places that
    `arranging.arranged` returns. `has_own_form`: nobody else is ever given this paper.
    """

    __tablename__ = "sittings"
    __table_args__ = (
        one_of("state", SittingState),
        one_of("finish_reason", FinishReason),
        CheckConstraint("(finished_at IS NULL) = (finish_reason IS NULL)", name="finished_with_reason"),
        CheckConstraint(
            "(finished_at IS NOT NULL) = (state IN ('HANDED_IN', 'TERMINATED', 'ABSENT'))", name="finished_is_over"
        ),
        CheckConstraint("(paused_at IS NOT NULL) = (state = 'PAUSED')", name="paused_has_instant"),
        CheckConstraint("state <> 'IN_PROGRESS' OR opened_at IS NOT NULL", name="progress_was_opened"),
        CheckConstraint("opened_at IS NULL OR paper_id IS NOT NULL", name="opened_has_paper"),
        Index(
            "uq_sittings_own_form",
            "paper_id",
            unique=True,
            sqlite_where=text("has_own_form"),
            postgresql_where=text("has_own_form"),
        ),
    )
    lifecycle: ClassVar = SITTING_LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolments.id"), unique=True)
    state: Mapped[SittingState] = mapped_column(EnumText(SittingState), default=SittingState.EXPECTED, index=True)
    identity_confirmed_at: Mapped[datetime | None]
    undertaking_signed_at: Mapped[datetime | None]
    undertaking_name: Mapped[str | None] = mapped_column(String(80))
    system_check: Mapped[dict[str, Any] | None]
    paper_id: Mapped[UUID | None] = mapped_column(ForeignKey("papers.id"), index=True)
    has_own_form: Mapped[bool] = mapped_column(default=False)
    arrangement: Mapped[list[Any]]
    epoch: Mapped[int] = mapped_column(default=0)
    last_seq: Mapped[int] = mapped_column(default=0)
    chain_head: Mapped[str] = mapped_column(String(64), default=CHAIN_START)
    answered_count: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime | None]
    extra_seconds: Mapped[int] = mapped_column(default=0)
    paused_at: Mapped[datetime | None]
    paused_seconds: Mapped[int] = mapped_column(default=0)
    closes_at: Mapped[datetime | None] = mapped_column(index=True)
    finished_at: Mapped[datetime | None]
    finish_reason: Mapped[FinishReason | None] = mapped_column(EnumText(FinishReason))
    enrolment: Mapped[Enrolment] = relationship(back_populates="sitting")
    paper: Mapped[Paper | None] = relationship()

    @property
    def audit_stream(self) -> str:
        return f"sitting:{self.id}"

    @property
    def form_number(self) -> int | None:
        """Return which form of its draw the sitting's paper is, or None before one is given."""
        return self.paper.form_number if self.paper else None


@event.listens_for(Sitting, "before_update")
def _keep_opened_paper(_mapper: Mapper[Sitting], _connection: Connection, sitting: Sitting) -> None:
    """Raise PaperOpened when a paper or its order is changed that the candidate has seen, whichever code does it."""
    changes = inspect(sitting).attrs
    if sitting.opened_at and any(changes[name].history.deleted for name in ("paper_id", "arrangement")):
        raise PaperOpened


class Response(Base):
    """作答: one line of the append-only log. A repeat of (sitting, epoch, seq) changes nothing."""

    __tablename__ = "responses"

    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sittings.id"), primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    item_ref: Mapped[str] = mapped_column(String(8))
    answer: Mapped[dict[str, Any] | None]
    flagged: Mapped[bool]
    client_at: Mapped[datetime]
    received_at: Mapped[datetime]
    chain: Mapped[str] = mapped_column(String(64))
