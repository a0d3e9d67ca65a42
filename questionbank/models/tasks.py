"""Practical tasks with the criteria they are scored by."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.core import ids
from examsvc.core.db import Base, one_of
from examsvc.registry.models import WorkTask
from questionbank.kinds import CriterionKind


class PracticalTask(Base):
    """操作技能试题: the candidate's brief 考核准备通知单 and the criteria it is scored by."""

    __tablename__ = "practical_tasks"
    __table_args__ = (UniqueConstraint("bank_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    bank_id: Mapped[UUID] = mapped_column(ForeignKey("item_banks.id"))
    work_task_id: Mapped[UUID] = mapped_column(ForeignKey("work_tasks.id"))
    code: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(120))
    brief: Mapped[str] = mapped_column(Text)
    minutes: Mapped[int]
    created_at: Mapped[datetime]
    work_task: Mapped[WorkTask] = relationship()
    criteria: Mapped[list["Criterion"]] = relationship(order_by="Criterion.number", cascade="all, delete-orphan")


class Criterion(Base):
    """评分点. `values` are the permitted marks in hundredths: [{"value", "text"}], ascending.

    A deduction's values are what is taken off; a veto's one value is 0 and its mark is 1 when it applies.
    """

    __tablename__ = "criteria"
    __table_args__ = (
        UniqueConstraint("practical_task_id", "number"),
        one_of("kind", CriterionKind),
        CheckConstraint("most >= 0", name="most"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    practical_task_id: Mapped[UUID] = mapped_column(ForeignKey("practical_tasks.id"))
    number: Mapped[int]
    kind: Mapped[CriterionKind] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    guidance: Mapped[str] = mapped_column(Text)
    most: Mapped[int]
    values: Mapped[list[Any]]
