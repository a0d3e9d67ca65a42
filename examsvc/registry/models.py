"""What is filed: who may assess what, by which specification, and how long."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.core import ids
from examsvc.core.db import Base, one_of
from examsvc.core.states import Lifecycle


class OrganisationKind(StrEnum):
    """Legal persons that may apply. 沪人社职〔2025〕140号 二(二)."""

    ENTERPRISE = "ENTERPRISE"
    SOCIAL_GROUP = "SOCIAL_GROUP"
    SCHOOL = "SCHOOL"
    PRIVATE_NON_ENTERPRISE = "PRIVATE_NON_ENTERPRISE"
    OTHER = "OTHER"


class Organisation(Base):
    """考核机构."""

    __tablename__ = "organisations"
    __table_args__ = (one_of("kind", OrganisationKind),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    name: Mapped[str] = mapped_column(String(120))
    credit_code: Mapped[str] = mapped_column(String(18), unique=True)
    kind: Mapped[OrganisationKind] = mapped_column(String(30))
    district: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]


class Scheme(Base):
    """考核项目, in an occupation 小类 of the 2022 dictionary."""

    __tablename__ = "schemes"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    occupation_code: Mapped[str] = mapped_column(String(10))
    occupation_name: Mapped[str] = mapped_column(String(120))
    industries: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]


class SchemeSpecification(Base):
    """考核规范: one fixed version; an exam refers to a version, never to "the current one"."""

    __tablename__ = "scheme_specifications"
    __table_args__ = (
        UniqueConstraint("scheme_id", "version"),
        CheckConstraint("theory_minutes > 0", name="theory_minutes"),
        CheckConstraint("decimals BETWEEN 0 AND 2", name="decimals"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    scheme_id: Mapped[UUID] = mapped_column(ForeignKey("schemes.id"))
    version: Mapped[int]
    definition: Mapped[str] = mapped_column(Text)
    audience: Mapped[str] = mapped_column(Text)
    theory_minutes: Mapped[int]
    decimals: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    scheme: Mapped[Scheme] = relationship()
    work_tasks: Mapped[list["WorkTask"]] = relationship(order_by="WorkTask.number", back_populates="specification")


class WorkTask(Base):
    """工作任务 with its 考核比重, split into a theory and a practical share (percent of the total)."""

    __tablename__ = "work_tasks"
    __table_args__ = (
        UniqueConstraint("specification_id", "number"),
        CheckConstraint("weight BETWEEN 1 AND 100", name="weight"),
        CheckConstraint("theory_share >= 0 AND practical_share >= 0", name="shares_not_negative"),
        CheckConstraint("theory_share + practical_share = weight", name="shares_make_weight"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    specification_id: Mapped[UUID] = mapped_column(ForeignKey("scheme_specifications.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    weight: Mapped[int]
    theory_share: Mapped[int]
    practical_share: Mapped[int]
    specification: Mapped[SchemeSpecification] = relationship(back_populates="work_tasks")
    operations: Mapped[list["Operation"]] = relationship(order_by="Operation.number")
    knowledge_points: Mapped[list["KnowledgePoint"]] = relationship(order_by="KnowledgePoint.number")


class Operation(Base):
    """操作规范: one line of a work task."""

    __tablename__ = "operations"
    __table_args__ = (UniqueConstraint("work_task_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    work_task_id: Mapped[UUID] = mapped_column(ForeignKey("work_tasks.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(String(300))


class KnowledgePoint(Base):
    """相关知识: one line of a work task; items are written to it."""

    __tablename__ = "knowledge_points"
    __table_args__ = (UniqueConstraint("work_task_id", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    work_task_id: Mapped[UUID] = mapped_column(ForeignKey("work_tasks.id"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(String(300))
    work_task: Mapped[WorkTask] = relationship(overlaps="knowledge_points")


class FilingState(StrEnum):
    IN_FORCE = "IN_FORCE"
    SUSPENDED = "SUSPENDED"
    WITHDRAWN = "WITHDRAWN"


FILING_LIFECYCLE = Lifecycle(
    "filing",
    {
        FilingState.IN_FORCE: {FilingState.SUSPENDED, FilingState.WITHDRAWN},
        FilingState.SUSPENDED: {FilingState.IN_FORCE, FilingState.WITHDRAWN},
        FilingState.WITHDRAWN: set(),
    },
)


class Filing(Base):
    """备案: an organisation may assess a scheme by a specification, from and to both dates inclusive."""

    __tablename__ = "filings"
    __table_args__ = (
        one_of("state", FilingState),
        CheckConstraint("valid_from_on <= valid_to_on", name="validity"),
    )
    lifecycle: ClassVar = FILING_LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    specification_id: Mapped[UUID] = mapped_column(ForeignKey("scheme_specifications.id"))
    valid_from_on: Mapped[date]
    valid_to_on: Mapped[date]
    state: Mapped[FilingState] = mapped_column(String(20), default=FilingState.IN_FORCE)
    organisation: Mapped[Organisation] = relationship()
    specification: Mapped[SchemeSpecification] = relationship()

    @property
    def audit_stream(self) -> str:
        return f"filing:{self.id}"

    def covers(self, day: date) -> bool:
        """Return whether an exam on this Shanghai date falls under the filing (F01: the exam date counts)."""
        return self.state == FilingState.IN_FORCE and self.valid_from_on <= day <= self.valid_to_on
