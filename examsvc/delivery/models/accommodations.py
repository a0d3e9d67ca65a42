"""Accommodations 便利措施 as decided: for a whole exam session, for a group in it, or for one candidate."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.core import ids
from examsvc.core.db import Base, EnumText, one_of
from examsvc.delivery.states import TextSize


class AccommodationGroup(Base):
    """便利措施组: enrolled people of an exam session who are given the same; somebody may be in several."""

    __tablename__ = "accommodation_groups"
    __table_args__ = (UniqueConstraint("exam_session_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    exam_session_id: Mapped[UUID] = mapped_column(ForeignKey("exam_sessions.id"))
    name: Mapped[str] = mapped_column(String(60))
    members: Mapped[list["AccommodationGroupMember"]] = relationship(cascade="all, delete-orphan")


class AccommodationGroupMember(Base):
    __tablename__ = "accommodation_group_members"

    group_id: Mapped[UUID] = mapped_column(ForeignKey("accommodation_groups.id"), primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolments.id"), primary_key=True, index=True)


_WHOLE_SESSION = text("group_id IS NULL AND enrolment_id IS NULL")


class Accommodation(Base):
    """便利措施: what was decided for the exam session, or for its group or enrolment if one is named.

    What is None was not decided. `time_percent` is the length of the exam in per cent of the usual one. `basis` names
    the decision and `document` where it is filed; what somebody suffers from is never written down.
    """

    __tablename__ = "accommodations"
    __table_args__ = (
        one_of("text_size", TextSize),
        CheckConstraint("group_id IS NULL OR enrolment_id IS NULL", name="one_scope"),
        CheckConstraint("extra_minutes IS NULL OR time_percent IS NULL", name="minutes_or_percent"),
        CheckConstraint("extra_minutes BETWEEN 0 AND 240", name="extra_minutes"),
        CheckConstraint("time_percent BETWEEN 100 AND 300", name="time_percent"),
        CheckConstraint("break_minutes BETWEEN 0 AND 240", name="break_minutes"),
        Index(
            "uq_accommodations_whole_session",
            "exam_session_id",
            unique=True,
            sqlite_where=_WHOLE_SESSION,
            postgresql_where=_WHOLE_SESSION,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    exam_session_id: Mapped[UUID] = mapped_column(ForeignKey("exam_sessions.id"), index=True)
    group_id: Mapped[UUID | None] = mapped_column(ForeignKey("accommodation_groups.id"), unique=True)
    enrolment_id: Mapped[UUID | None] = mapped_column(ForeignKey("enrolments.id"), unique=True)
    extra_minutes: Mapped[int | None]
    time_percent: Mapped[int | None]
    break_minutes: Mapped[int | None]
    text_size: Mapped[TextSize | None] = mapped_column(EnumText(TextSize))
    high_contrast: Mapped[bool | None]
    separate_room: Mapped[bool | None]
    screen_reader: Mapped[bool | None]
    basis: Mapped[str] = mapped_column(Text)
    document: Mapped[str] = mapped_column(String(200))
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime]


class UnsettledSitting(Base):
    """A sitting that does not follow yet from what was decided for many: in which change, by whom, and why."""

    __tablename__ = "unsettled_sittings"

    change_id: Mapped[UUID] = mapped_column(primary_key=True)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sittings.id"), primary_key=True, index=True)
    by_account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
