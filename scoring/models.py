"""Score sheets with their append-only marks, component scores, results. All scores are hundredths of a point."""

from datetime import datetime
from fractions import Fraction
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Dialect, ForeignKey, String, Text, TypeDecorator, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.accounts.models import Account
from examsvc.core import ids
from examsvc.core.db import Base, EnumText, one_of
from examsvc.delivery.models import Enrolment
from examsvc.delivery.voiding import Subject
from examsvc.registry.models import WorkTask
from questionbank.models import PracticalTask
from scoring.states import RESULT_LIFECYCLE, SHEET_LIFECYCLE, ComponentKind, ResultState, SheetState


class ExactPoints(TypeDecorator[Fraction]):
    """Hundredths of a point as an exact fraction ("2450/3"): a mean of three examiners need not be a whole number."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Fraction | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (SQLAlchemy's signature)
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Fraction | None:  # noqa: ARG002 (SQLAlchemy's signature)
        return None if value is None else Fraction(value)


class ScoreSheet(Base):
    """评分表 of one examiner for one candidate's practical task; it has this one writer only.

    Once signed, `digest` is the SHA-256 of the canonical sheet that the signature stands under.
    """

    __tablename__ = "score_sheets"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "practical_task_id", "examiner_id"),
        one_of("state", SheetState),
        CheckConstraint("(state = 'SIGNED') = (signed_at IS NOT NULL)", name="signed_has_instant"),
        CheckConstraint("(state = 'SIGNED') = (digest IS NOT NULL)", name="signed_has_digest"),
    )
    lifecycle: ClassVar = SHEET_LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolments.id"))
    practical_task_id: Mapped[UUID] = mapped_column(ForeignKey("practical_tasks.id"))
    examiner_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), index=True)
    state: Mapped[SheetState] = mapped_column(EnumText(SheetState), default=SheetState.OPEN)
    signature: Mapped[dict[str, Any] | None]
    digest: Mapped[str | None] = mapped_column(String(64))
    total: Mapped[int | None]
    vetoed: Mapped[bool] = mapped_column(default=False)
    signed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    enrolment: Mapped[Enrolment] = relationship()
    practical_task: Mapped[PracticalTask] = relationship()
    examiner: Mapped[Account] = relationship()

    @property
    def audit_stream(self) -> str:
        return f"score-sheet:{self.id}"


class Mark(Base):
    """得分: one event of a sheet's log. `value` None takes the mark back; the last (by seq) of a criterion counts."""

    __tablename__ = "marks"
    __table_args__ = (UniqueConstraint("sheet_id", "device_id", "device_seq"),)

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    sheet_id: Mapped[UUID] = mapped_column(ForeignKey("score_sheets.id"), index=True)
    device_id: Mapped[str] = mapped_column(String(40))
    device_seq: Mapped[int]
    arrival_seq: Mapped[int]
    criterion: Mapped[int]
    value: Mapped[int | None]
    note: Mapped[str] = mapped_column(Text)
    client_at: Mapped[datetime]
    received_at: Mapped[datetime]


class ComponentScore(Base):
    """What a candidate reached in one component of one work task: `points` of `most`."""

    __tablename__ = "component_scores"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "kind", "work_task_id"),
        one_of("kind", ComponentKind),
        CheckConstraint("most > 0", name="most"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolments.id"))
    kind: Mapped[ComponentKind] = mapped_column(EnumText(ComponentKind))
    work_task_id: Mapped[UUID] = mapped_column(ForeignKey("work_tasks.id"))
    points: Mapped[Fraction] = mapped_column(ExactPoints())
    most: Mapped[int]
    evidence: Mapped[dict[str, Any]]
    computed_at: Mapped[datetime]
    work_task: Mapped[WorkTask] = relationship()


class Result(Base):
    """总成绩 out of 100. `total` is the published value in hundredths, rounded once, half up; 60 passes."""

    __tablename__ = "results"
    __table_args__ = (
        one_of("state", ResultState),
        CheckConstraint("(state IN ('INCOMPLETE', 'VOID')) = (total IS NULL)", name="complete_has_total"),
        CheckConstraint("total IS NULL OR total BETWEEN 0 AND 10000", name="total"),
    )
    lifecycle: ClassVar = RESULT_LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolments.id"), unique=True)
    state: Mapped[ResultState] = mapped_column(EnumText(ResultState), default=ResultState.INCOMPLETE)
    total: Mapped[int | None]
    passed: Mapped[bool | None]
    breakdown: Mapped[list[Any]]
    digest: Mapped[str | None] = mapped_column(String(64))
    computed_at: Mapped[datetime]
    enrolment: Mapped[Enrolment] = relationship()

    @property
    def audit_stream(self) -> str:
        return f"result:{self.id}"


class ResultVoid(Base):
    """成绩无效: a ruling by which a subject, or with `subject` None all of a result, does not count until revoked.

    `was` is how the result stood before: {"state", "total", "passed", "digest"}. The ruling is proctoring's.
    """

    __tablename__ = "result_voids"
    __table_args__ = (one_of("subject", Subject),)

    ruling_id: Mapped[UUID] = mapped_column(primary_key=True)
    result_id: Mapped[UUID] = mapped_column(ForeignKey("results.id"), index=True)
    ruling_number: Mapped[str] = mapped_column(String(60))
    subject: Mapped[Subject | None] = mapped_column(EnumText(Subject))
    reason: Mapped[str] = mapped_column(String(40))
    was: Mapped[dict[str, Any]]
    voided_at: Mapped[datetime]
    restored_at: Mapped[datetime | None]
