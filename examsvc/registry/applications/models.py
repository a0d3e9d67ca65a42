"""What an organisation applies with, and its registers of staff and sites."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.core import ids
from examsvc.core.db import Base, EnumText, one_of
from examsvc.core.states import Lifecycle
from examsvc.registry.applications.kinds import EligibilityDecision, EvidenceTopic, LegalKind, RoomKind, StaffKind
from examsvc.registry.cases.models import Case, CaseDocument
from examsvc.registry.models import Organisation


class Application(Base):
    """申报. `materials` is what was signed, under `materials_digest`; any later change makes another digest."""

    __tablename__ = "applications"
    __table_args__ = (
        one_of("legal_kind", LegalKind),
        one_of("eligibility", EligibilityDecision),
        CheckConstraint("(eligibility IS NULL) = (eligibility_at IS NULL)", name="eligibility_whole"),
        CheckConstraint("(signed_at IS NULL) = (materials_digest IS NULL)", name="signed_whole"),
        CheckConstraint("(exported_at IS NULL) = (package_id IS NULL)", name="exported_whole"),
        CheckConstraint("(receipt_number IS NULL) = (receipt_on IS NULL)", name="receipt_whole"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    district: Mapped[str] = mapped_column(String(40))
    legal_kind: Mapped[LegalKind | None] = mapped_column(EnumText(LegalKind, 30))
    eligibility: Mapped[EligibilityDecision | None] = mapped_column(EnumText(EligibilityDecision))
    eligibility_reason: Mapped[str] = mapped_column(String(1000), default="")
    eligibility_at: Mapped[datetime | None]
    department_name: Mapped[str] = mapped_column(String(120), default="")
    department_head: Mapped[str] = mapped_column(String(80), default="")
    credit_checked_on: Mapped[date | None]
    funding_statement: Mapped[str] = mapped_column(Text, default="")
    quality_plan: Mapped[str] = mapped_column(Text, default="")
    answers: Mapped[dict[str, Any]]
    signer_name: Mapped[str | None] = mapped_column(String(80))
    signed_at: Mapped[datetime | None]
    materials_digest: Mapped[str | None] = mapped_column(String(64))
    materials: Mapped[dict[str, Any] | None]
    submitted_at: Mapped[datetime | None]
    exported_at: Mapped[datetime | None]
    package_id: Mapped[UUID | None] = mapped_column(ForeignKey("case_documents.id"))
    package_digest: Mapped[str | None] = mapped_column(String(64))
    receipt_number: Mapped[str | None] = mapped_column(String(80))
    receipt_on: Mapped[date | None]
    receipt_at: Mapped[datetime | None]
    receipt_document_id: Mapped[UUID | None] = mapped_column(ForeignKey("case_documents.id"))
    case: Mapped[Case] = relationship()
    organisation: Mapped[Organisation] = relationship()


class ApplicationEvidence(Base):
    """证明材料: which kept file proves which condition. The file stays with the case when the link goes."""

    __tablename__ = "application_evidence"
    __table_args__ = (one_of("topic", EvidenceTopic),)

    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    topic: Mapped[EvidenceTopic] = mapped_column(EnumText(EvidenceTopic, 30), primary_key=True)
    document_id: Mapped[UUID] = mapped_column(ForeignKey("case_documents.id"), primary_key=True)
    attached_at: Mapped[datetime]
    document: Mapped[CaseDocument] = relationship()


class StaffMember(Base):
    """人员名册: one line of one of an organisation's four rosters; a person may stand in several (A08)."""

    __tablename__ = "staff_members"
    __table_args__ = (
        one_of("kind", StaffKind),
        CheckConstraint("valid_to_on IS NULL OR valid_from_on <= valid_to_on", name="validity"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    kind: Mapped[StaffKind] = mapped_column(EnumText(StaffKind, 30))
    name: Mapped[str] = mapped_column(String(80))
    qualification: Mapped[str] = mapped_column(String(120))
    certificate_number: Mapped[str] = mapped_column(String(80), default="")
    valid_from_on: Mapped[date]
    valid_to_on: Mapped[date | None]
    removed_at: Mapped[datetime | None]


class CentreState(StrEnum):
    PROPOSED = "PROPOSED"  # waits for the district bureau
    RECOMMENDED = "RECOMMENDED"
    REFUSED = "REFUSED"


CENTRE_LIFECYCLE = Lifecycle(
    "centre",
    {
        CentreState.PROPOSED: {CentreState.RECOMMENDED, CentreState.REFUSED},
        CentreState.RECOMMENDED: {CentreState.PROPOSED, CentreState.REFUSED},
        CentreState.REFUSED: {CentreState.PROPOSED, CentreState.RECOMMENDED},
    },
)


class Centre(Base):
    """考核点. Its district bureau recommends it (C10); another address has to be recommended anew."""

    __tablename__ = "centres"
    __table_args__ = (one_of("state", CentreState), Index("ix_centres_district", "district", "state", "id"))
    lifecycle: ClassVar = CENTRE_LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    district: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(200))
    state: Mapped[CentreState] = mapped_column(EnumText(CentreState), default=CentreState.PROPOSED)
    version: Mapped[int] = mapped_column(default=1)
    removed_at: Mapped[datetime | None]
    organisation: Mapped[Organisation] = relationship()
    rooms: Mapped[list["Room"]] = relationship(
        order_by="Room.id", primaryjoin="and_(Room.centre_id == Centre.id, Room.removed_at.is_(None))", viewonly=True
    )
    recommendations: Mapped[list["CentreRecommendation"]] = relationship(
        order_by="CentreRecommendation.id", back_populates="centre"
    )

    @property
    def audit_stream(self) -> str:
        return f"centre:{self.id}"


class Room(Base):
    """考场 of a 考核点."""

    __tablename__ = "rooms"
    __table_args__ = (one_of("kind", RoomKind), CheckConstraint("seats > 0", name="seats"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centres.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[RoomKind] = mapped_column(EnumText(RoomKind))
    seats: Mapped[int]
    has_video: Mapped[bool]
    equipment: Mapped[str] = mapped_column(Text, default="")
    removed_at: Mapped[datetime | None]
    centre: Mapped[Centre] = relationship()


class CentreRecommendation(Base):
    """区人社部门推荐: what the district bureau said of a site, when, and in which document (C10)."""

    __tablename__ = "centre_recommendations"
    __table_args__ = (
        one_of("outcome", CentreState),
        CheckConstraint("outcome <> 'RECOMMENDED' OR document_digest IS NOT NULL", name="recommended_in_writing"),
        CheckConstraint("outcome <> 'REFUSED' OR reason <> ''", name="refused_with_reason"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    centre_id: Mapped[UUID] = mapped_column(ForeignKey("centres.id"), index=True)
    district: Mapped[str] = mapped_column(String(40))
    outcome: Mapped[CentreState] = mapped_column(EnumText(CentreState))
    reason: Mapped[str] = mapped_column(String(1000), default="")
    decided_on: Mapped[date]
    recorded_at: Mapped[datetime]
    document_name: Mapped[str | None] = mapped_column(String(200))
    document_type: Mapped[str | None] = mapped_column(String(100))
    document_digest: Mapped[str | None] = mapped_column(String(64))
    centre: Mapped[Centre] = relationship(back_populates="recommendations")
