"""What the public was told, what it objected, and what the national centre was told."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.accounts.models import Account
from examsvc.core import ids
from examsvc.core.db import Base, EnumText, one_of
from examsvc.registry.cases.models import Case
from examsvc.registry.models import Filing
from examsvc.registry.publicity.states import (
    NOTICE_LIFECYCLE,
    OBJECTION_LIFECYCLE,
    Against,
    NoticeKind,
    NoticeState,
    ObjectionState,
)


class Notice(Base):
    """公示: from `posted_at` until `ends_at`, which is the end of the last day in Shanghai."""

    __tablename__ = "notices"
    __table_args__ = (
        one_of("kind", NoticeKind),
        one_of("state", NoticeState),
        CheckConstraint("working_days > 0", name="working_days"),
        CheckConstraint("posted_at < ends_at", name="duration"),
        CheckConstraint("(state = 'CANCELLED') = (cancelled_because <> '')", name="cancelled"),
        Index("ix_notices_posted", "posted_at", "id"),
        Index("ix_notices_state_ends", "state", "ends_at"),
    )
    lifecycle: ClassVar = NOTICE_LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    kind: Mapped[NoticeKind] = mapped_column(EnumText(NoticeKind))
    number: Mapped[str] = mapped_column(String(40), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[NoticeState] = mapped_column(EnumText(NoticeState), default=NoticeState.OPEN)
    working_days: Mapped[int]
    policy: Mapped[str] = mapped_column(String(40))
    posted_at: Mapped[datetime]
    opens_on: Mapped[date]
    ends_on: Mapped[date]
    ends_at: Mapped[datetime]
    cancelled_because: Mapped[str] = mapped_column(Text, default="")
    places: Mapped[list["NoticeCase"]] = relationship(order_by="NoticeCase.position", back_populates="notice")

    @property
    def audit_stream(self) -> str:
        return f"notice:{self.id}"


class NoticeCase(Base):
    """A case in a notice. `left_at` is set when it left before the end, after an upheld objection."""

    __tablename__ = "notice_cases"

    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notices.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True, index=True)
    position: Mapped[int]
    left_at: Mapped[datetime | None]
    notice: Mapped[Notice] = relationship(back_populates="places")
    case: Mapped[Case] = relationship()


class Objection(Base):
    """异议 of somebody from the public. Who it was is sealed, and kept apart from the files of the case."""

    __tablename__ = "objections"
    __table_args__ = (
        one_of("state", ObjectionState),
        one_of("against", Against),
        CheckConstraint("(state = 'OPEN') = (resolved_at IS NULL)", name="resolved"),
        Index("ix_objections_received", "received_at", "id"),
    )
    lifecycle: ClassVar = OBJECTION_LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    reference: Mapped[str] = mapped_column(String(40), unique=True)
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True)
    notice_id: Mapped[UUID] = mapped_column(ForeignKey("notices.id"))
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), index=True)
    name_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    contact_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    text: Mapped[str] = mapped_column(Text)
    against: Mapped[Against] = mapped_column(EnumText(Against))
    concerned_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    evidence_name: Mapped[str] = mapped_column(String(200), default="")
    evidence_type: Mapped[str] = mapped_column(String(100), default="")
    evidence_digest: Mapped[str] = mapped_column(String(64), default="")
    state: Mapped[ObjectionState] = mapped_column(EnumText(ObjectionState), default=ObjectionState.OPEN)
    received_at: Mapped[datetime]
    handler_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    answer: Mapped[str] = mapped_column(Text, default="")
    resolved_at: Mapped[datetime | None]
    notice: Mapped[Notice] = relationship()
    case: Mapped[Case] = relationship()
    concerned: Mapped[Account | None] = relationship(foreign_keys=[concerned_id])
    handler: Mapped[Account | None] = relationship(foreign_keys=[handler_id])

    @property
    def audit_stream(self) -> str:
        return f"case:{self.case_id}"


class FilingWarning(Base):
    """That the end of a filing was announced so many days before it."""

    __tablename__ = "filing_warnings"

    filing_id: Mapped[UUID] = mapped_column(ForeignKey("filings.id"), primary_key=True)
    days_before: Mapped[int] = mapped_column(primary_key=True)
    warned_at: Mapped[datetime]


class FilingReport(Base):
    """报备: the filings of a period, packed for the national centre; `reported_at` once they were sent (D15)."""

    __tablename__ = "filing_reports"
    __table_args__ = (
        CheckConstraint("from_on <= to_on", name="period"),
        Index("ix_filing_reports_composed", "composed_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    from_on: Mapped[date]
    to_on: Mapped[date]
    file_name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int]
    composed_at: Mapped[datetime]
    reported_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(Text, default="")
    lines: Mapped[list["ReportedFiling"]] = relationship(order_by="ReportedFiling.position")

    @property
    def audit_stream(self) -> str:
        return f"filing-report:{self.id}"


class ReportedFiling(Base):
    """A filing in a report."""

    __tablename__ = "reported_filings"
    __table_args__ = (UniqueConstraint("report_id", "position"),)

    report_id: Mapped[UUID] = mapped_column(ForeignKey("filing_reports.id"), primary_key=True)
    filing_id: Mapped[UUID] = mapped_column(ForeignKey("filings.id"), primary_key=True)
    position: Mapped[int]
    filing: Mapped[Filing] = relationship()
