"""Cases with what belongs to them, and who belongs where."""

from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.core import ids
from examsvc.core.db import Base, EnumText, one_of
from examsvc.core.states import Lifecycle
from examsvc.registry.cases.states import CASE_LIFECYCLE, CaseState
from examsvc.registry.models import Organisation


class Department(Base):
    """行业主管部门, the recommending unit 推荐单位 (附件1)."""

    __tablename__ = "departments"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    created_at: Mapped[datetime]


class Affiliation(Base):
    """Where a person belongs: to a department, an organisation or a district bureau. Read access follows it."""

    __tablename__ = "affiliations"
    __table_args__ = (
        CheckConstraint(
            "(department_id IS NOT NULL) OR (organisation_id IS NOT NULL) OR (district IS NOT NULL)", name="somewhere"
        ),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    department_id: Mapped[UUID | None] = mapped_column(ForeignKey("departments.id"), index=True)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    district: Mapped[str | None] = mapped_column(String(40))
    department: Mapped[Department | None] = relationship()
    organisation: Mapped[Organisation | None] = relationship()


class BatchState(StrEnum):
    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"


BATCH_LIFECYCLE = Lifecycle("recommendation", {BatchState.DRAFT: {BatchState.SUBMITTED}, BatchState.SUBMITTED: set()})


class Recommendation(Base):
    """推荐汇总表 (附件1): a department's batch of recommended schemes in the order of their priority."""

    __tablename__ = "recommendations"
    __table_args__ = (
        one_of("state", BatchState),
        CheckConstraint("(state = 'SUBMITTED') = (submitted_at IS NOT NULL)", name="submitted"),
    )
    lifecycle: ClassVar = BATCH_LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    department_id: Mapped[UUID] = mapped_column(ForeignKey("departments.id"), index=True)
    title: Mapped[str] = mapped_column(String(80))
    contact_name: Mapped[str] = mapped_column(String(40))
    contact_phone: Mapped[str] = mapped_column(String(40))
    state: Mapped[BatchState] = mapped_column(EnumText(BatchState), default=BatchState.DRAFT)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    department: Mapped[Department] = relationship()
    cases: Mapped[list["Case"]] = relationship(order_by="Case.position", back_populates="recommendation")

    @property
    def audit_stream(self) -> str:
        return f"recommendation:{self.id}"


class Case(Base):
    """事项. `position` is its priority in the batch; `version` counts its changes, and who acts names the one seen."""

    __tablename__ = "cases"
    __table_args__ = (
        one_of("state", CaseState),
        CheckConstraint("expected_candidates > 0", name="expected_candidates"),
        CheckConstraint("position > 0", name="position"),
        Index("ix_cases_state_since", "state", "state_since_at", "id"),
        Index("ix_cases_since", "state_since_at", "id"),
        Index("ix_cases_department_since", "department_id", "state_since_at", "id"),
        Index("ix_cases_code_since", "credit_code", "state_since_at", "id"),
        Index("ix_cases_district_since", "district", "state_since_at", "id"),
    )
    lifecycle: ClassVar = CASE_LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    recommendation_id: Mapped[UUID] = mapped_column(ForeignKey("recommendations.id"), index=True)
    department_id: Mapped[UUID] = mapped_column(ForeignKey("departments.id"))
    position: Mapped[int]
    scheme_name: Mapped[str] = mapped_column(String(80))
    occupation_code: Mapped[str] = mapped_column(String(10))
    occupation_name: Mapped[str] = mapped_column(String(120))
    industries: Mapped[str] = mapped_column(String(200))
    organisation_name: Mapped[str] = mapped_column(String(120))
    credit_code: Mapped[str] = mapped_column(String(18))
    credit_code_proven: Mapped[bool] = mapped_column(default=False)
    expected_candidates: Mapped[int]
    reason: Mapped[str] = mapped_column(Text)
    district: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[CaseState] = mapped_column(EnumText(CaseState), default=CaseState.DRAFT)
    state_since_at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisations.id"))
    specification_id: Mapped[UUID | None] = mapped_column(ForeignKey("scheme_specifications.id"))
    filing_id: Mapped[UUID | None] = mapped_column(ForeignKey("filings.id"), unique=True)
    created_at: Mapped[datetime]
    recommendation: Mapped[Recommendation] = relationship(back_populates="cases")
    department: Mapped[Department] = relationship()

    @property
    def audit_stream(self) -> str:
        return f"case:{self.id}"


class CaseProposal(Base):
    """建议书 (附件2) and 主要考核内容 (附件3) of a case, as the forms of `registry.annexes.forms` write them."""

    __tablename__ = "case_proposals"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    proposal: Mapped[dict[str, Any]]
    main_content: Mapped[dict[str, Any]]


class CaseReader(Base):
    """A person who may read one case because of a task in it, for example an expert of its panel."""

    __tablename__ = "case_readers"

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True, index=True)


class DocumentKind(StrEnum):
    SEALED_SCAN = "SEALED_SCAN"  # annex 1 with the department's seal
    CREDIT_CODE_PROOF = "CREDIT_CODE_PROOF"
    EVIDENCE = "EVIDENCE"  # of a condition of the notice
    MINUTES = "MINUTES"  # of a panel, hearing or site visit
    NATIONAL_PACKAGE = "NATIONAL_PACKAGE"
    NATIONAL_REPLY = "NATIONAL_REPLY"
    BUREAU_CONSENT = "BUREAU_CONSENT"
    APPLICATION_PACKAGE = "APPLICATION_PACKAGE"  # for the external self-service system
    APPLICATION_RECEIPT = "APPLICATION_RECEIPT"  # what that system answered
    DISTRICT_RECOMMENDATION = "DISTRICT_RECOMMENDATION"
    OTHER = "OTHER"


class CaseDocument(Base):
    """A file that belongs to a case or to a whole recommendation; its bytes are in the blob store under the digest."""

    __tablename__ = "case_documents"
    __table_args__ = (
        one_of("kind", DocumentKind),
        CheckConstraint("(case_id IS NULL) <> (recommendation_id IS NULL)", name="one_owner"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    case_id: Mapped[UUID | None] = mapped_column(ForeignKey("cases.id"), index=True)
    recommendation_id: Mapped[UUID | None] = mapped_column(ForeignKey("recommendations.id"), index=True)
    kind: Mapped[DocumentKind] = mapped_column(EnumText(DocumentKind, 30))
    topic: Mapped[str] = mapped_column(String(40), default="")
    file_name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size_bytes: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    uploaded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    uploaded_by_name: Mapped[str] = mapped_column(String(120))
    uploaded_at: Mapped[datetime]
