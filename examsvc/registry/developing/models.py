"""The development of one case."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.core.calendar.deadlines import DeadlinePolicy
from examsvc.core.db import Base, EnumText, one_of
from examsvc.registry.cases.models import Case


class Development(Base):
    """规范与题库开发: its clock, what was handed in, what was reminded of.

    The deadline and its policy stay as they were when it began. bank_id names a bank of the question bank, a later
    stage. coverage: what the bank held when it was handed in, [{number, name, …}] for each work task. reminders:
    [{"days", "at"}].
    """

    __tablename__ = "developments"
    __table_args__ = (
        one_of("policy", DeadlinePolicy),
        CheckConstraint("started_at < due_at", name="duration"),
        CheckConstraint("(bank_id IS NULL) = (bank_handed_in_at IS NULL)", name="bank"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    started_at: Mapped[datetime]
    last_on: Mapped[date]
    due_at: Mapped[datetime]
    policy: Mapped[DeadlinePolicy] = mapped_column(EnumText(DeadlinePolicy))
    specification_handed_in_at: Mapped[datetime | None]
    bank_id: Mapped[UUID | None]
    bank_name: Mapped[str] = mapped_column(String(120), default="")
    bank_handed_in_at: Mapped[datetime | None]
    coverage: Mapped[list[Any]] = mapped_column(default=list)
    reminders: Mapped[list[Any]] = mapped_column(default=list)
    next_reminder_at: Mapped[datetime | None] = mapped_column(index=True)
    case: Mapped[Case] = relationship()
