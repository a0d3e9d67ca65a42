"""Material checks, reviews with panels and meetings, interests of experts, what went to the national centre."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.accounts.models import Account
from examsvc.core import ids
from examsvc.core.db import Base, EnumText, one_of
from examsvc.registry.cases.models import Case
from examsvc.registry.reviews.kinds import (
    REVIEW_LIFECYCLE,
    Conclusion,
    MeetingKind,
    MeetingResult,
    NationalReply,
    OpinionValue,
    ReviewKind,
    ReviewState,
)


class MaterialCheck(Base):
    """材料核验: one round of it. items: [{item, ticked, note, document_id}]."""

    __tablename__ = "material_checks"
    __table_args__ = (one_of("conclusion", Conclusion), UniqueConstraint("case_id", "round"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    round: Mapped[int]
    items: Mapped[list[Any]]
    conclusion: Mapped[Conclusion] = mapped_column(EnumText(Conclusion))
    note: Mapped[str] = mapped_column(Text)
    checked_by_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    checked_by_name: Mapped[str] = mapped_column(String(120))
    checked_at: Mapped[datetime]


class Review(Base):
    """评估: one round of one kind. What its panel does is in its own audit stream, which only the centre reads."""

    __tablename__ = "reviews"
    __table_args__ = (
        one_of("kind", ReviewKind),
        one_of("state", ReviewState),
        one_of("conclusion", Conclusion),
        CheckConstraint("(state = 'CONCLUDED') = (conclusion IS NOT NULL)", name="concluded"),
        CheckConstraint("(conclusion IS NULL) = (concluded_at IS NULL)", name="concluded_at"),
        UniqueConstraint("case_id", "kind", "round"),
        Index(
            "uq_reviews_open",
            "case_id",
            "kind",
            unique=True,
            sqlite_where=text("state = 'OPEN'"),
            postgresql_where=text("state = 'OPEN'"),
        ),
    )
    lifecycle: ClassVar = REVIEW_LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"))
    kind: Mapped[ReviewKind] = mapped_column(EnumText(ReviewKind))
    round: Mapped[int]
    state: Mapped[ReviewState] = mapped_column(EnumText(ReviewState), default=ReviewState.OPEN)
    opened_at: Mapped[datetime]
    conclusion: Mapped[Conclusion | None] = mapped_column(EnumText(Conclusion))
    note: Mapped[str] = mapped_column(Text, default="")
    concluded_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    concluded_by_name: Mapped[str] = mapped_column(String(120), default="")
    concluded_at: Mapped[datetime | None]
    case: Mapped[Case] = relationship()
    panellists: Mapped[list["Panellist"]] = relationship(order_by="Panellist.id", back_populates="review")
    meetings: Mapped[list["Meeting"]] = relationship(order_by="Meeting.starts_at", back_populates="review")

    @property
    def audit_stream(self) -> str:
        return f"review:{self.id}"

    @property
    def sitting_panel(self) -> list["Panellist"]:
        """Those who did not stand down."""
        return [one for one in self.panellists if one.stood_down_at is None]


class Panellist(Base):
    """An expert on a panel, with the opinion that counts: the last one he gave before the conclusion."""

    __tablename__ = "panellists"
    __table_args__ = (
        one_of("opinion", OpinionValue),
        UniqueConstraint("review_id", "account_id"),
        CheckConstraint("(opinion IS NULL) = (given_at IS NULL)", name="given"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), index=True)
    is_chair: Mapped[bool]
    appointed_at: Mapped[datetime]
    opinion: Mapped[OpinionValue | None] = mapped_column(EnumText(OpinionValue))
    text: Mapped[str] = mapped_column(Text, default="")
    given_at: Mapped[datetime | None]
    opinions_given: Mapped[int] = mapped_column(default=0)
    stood_down_at: Mapped[datetime | None]
    stood_down_reason: Mapped[str] = mapped_column(Text, default="")
    review: Mapped[Review] = relationship(back_populates="panellists")
    account: Mapped[Account] = relationship()


class PanelOpinion(Base):
    """Everything an expert ever said of a case: append-only, the last one counts."""

    __tablename__ = "panel_opinions"
    __table_args__ = (one_of("opinion", OpinionValue), UniqueConstraint("panellist_id", "number"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    panellist_id: Mapped[UUID] = mapped_column(ForeignKey("panellists.id"))
    number: Mapped[int]
    opinion: Mapped[OpinionValue] = mapped_column(EnumText(OpinionValue))
    text: Mapped[str] = mapped_column(Text)
    given_at: Mapped[datetime]


class Meeting(Base):
    """专家论证、现场答辩、实地考察 of a review: planned, then held with minutes and a result."""

    __tablename__ = "meetings"
    __table_args__ = (
        one_of("kind", MeetingKind),
        one_of("result", MeetingResult),
        UniqueConstraint("review_id", "kind"),
        CheckConstraint(
            "((result IS NULL) = (held_at IS NULL)) AND ((result IS NULL) = (document_id IS NULL))", name="held"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"))
    kind: Mapped[MeetingKind] = mapped_column(EnumText(MeetingKind))
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(200))
    agenda: Mapped[str] = mapped_column(Text)
    held_at: Mapped[datetime | None]
    minutes: Mapped[str] = mapped_column(Text, default="")
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("case_documents.id"))
    result: Mapped[MeetingResult | None] = mapped_column(EnumText(MeetingResult))
    review: Mapped[Review] = relationship(back_populates="meetings")


class ExpertInterest(Base):
    """利益关系: an organisation or a department that an expert has to do with."""

    __tablename__ = "expert_interests"
    __table_args__ = (
        CheckConstraint("(credit_code IS NULL) <> (department_id IS NULL)", name="one_object"),
        Index("uq_expert_interests_code", "account_id", "credit_code", unique=True),
        Index("uq_expert_interests_department", "account_id", "department_id", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    credit_code: Mapped[str | None] = mapped_column(String(18))
    department_id: Mapped[UUID | None] = mapped_column(ForeignKey("departments.id"))
    what: Mapped[str] = mapped_column(Text)
    declared_at: Mapped[datetime]


class NationalDispatch(Base):
    """报送: a package for 中国就业培训技术指导中心 with one or more cases; its bytes are in the blob store."""

    __tablename__ = "national_dispatches"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    note: Mapped[str] = mapped_column(Text)
    package_name: Mapped[str] = mapped_column(String(200))
    package_digest: Mapped[str] = mapped_column(String(64))
    package_size_bytes: Mapped[int]
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    sent_by_name: Mapped[str] = mapped_column(String(120))
    cases: Mapped[list["DispatchedCase"]] = relationship(back_populates="dispatch")


class DispatchedCase(Base):
    """A case in a dispatch, with what the national centre replied about it: it may agree to some and refuse others."""

    __tablename__ = "dispatched_cases"
    __table_args__ = (
        one_of("reply", NationalReply),
        CheckConstraint(
            "((reply IS NULL) = (replied_at IS NULL)) AND ((reply IS NULL) = (document_id IS NULL))", name="replied"
        ),
    )

    dispatch_id: Mapped[UUID] = mapped_column(ForeignKey("national_dispatches.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id"), primary_key=True, index=True)
    reply: Mapped[NationalReply | None] = mapped_column(EnumText(NationalReply))
    replied_at: Mapped[datetime | None]
    note: Mapped[str] = mapped_column(Text, default="")
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey("case_documents.id"))
    dispatch: Mapped[NationalDispatch] = relationship(back_populates="cases")
