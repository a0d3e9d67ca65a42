"""What is stored of a job."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from examsvc.core import ids
from examsvc.core.db import Base, EnumText, one_of
from examsvc.core.jobs.states import LIFECYCLE, OPEN, JobState, JobStep

JSON_OR_NULL = JSON(none_as_null=True)
IS_OPEN = text("state IN ('WAITING', 'RUNNING')")


class Job(Base):
    """后台任务: of one `kind`, whose `payload` says what to do; `about` names the thing that its page shows.

    `done` of `total` counts within the step. `attempt` numbers the taking by a worker, whose lease the job is on.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        one_of("state", JobState),
        one_of("step", JobStep),
        CheckConstraint("(state = 'RUNNING') = (leased_until IS NOT NULL)", name="lease"),
        CheckConstraint("(state IN ('WAITING', 'RUNNING')) = (ended_at IS NULL)", name="ended_at"),
        CheckConstraint("(state = 'DONE') = (result IS NOT NULL)", name="result"),
        CheckConstraint("(state IN ('REFUSED', 'FAILED')) = (refusal IS NOT NULL)", name="refusal"),
        Index("uq_jobs_open", "account_id", "kind", "key", unique=True, sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        Index("ix_jobs_due", "asked_at", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        Index("ix_jobs_own", "account_id", "asked_at"),
    )
    lifecycle: ClassVar = LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(64))
    label: Mapped[str] = mapped_column(String(200))
    about: Mapped[UUID | None]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    asked_at: Mapped[datetime]
    payload: Mapped[dict[str, Any]]
    state: Mapped[JobState] = mapped_column(EnumText(JobState), default=JobState.WAITING)
    step: Mapped[JobStep] = mapped_column(EnumText(JobStep), default=JobStep.PREPARING)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    attempt: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    cancel_asked_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    refusal: Mapped[dict[str, Any] | None] = mapped_column(JSON_OR_NULL)
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON_OR_NULL)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def audit_stream(self) -> str:
        return f"job:{self.id}"
