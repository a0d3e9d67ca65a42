"""Candidates 考生 and their places in exam sessions 报名."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.core import ids
from examsvc.core.db import Base
from examsvc.delivery.models.exam_sessions import ApplicationCondition, ExamSession
from examsvc.delivery.models.session_rooms import SessionRoom

if TYPE_CHECKING:
    from examsvc.delivery.models.sittings import Sitting


class Candidate(Base):
    """考生. The identity number is sealed; `identity_index` finds it without reading it."""

    __tablename__ = "candidates"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    document_type: Mapped[str] = mapped_column(String(20), default="ID_CARD")
    identity_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    identity_index: Mapped[str] = mapped_column(String(64), unique=True)
    photo_digest: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]


class SeatRoom(NamedTuple):
    """A room that an exam session uses: its number there, and its name."""

    id: UUID
    number: int
    name: str


class Enrolment(Base):
    """报名: a candidate's place in an exam session, with ticket 准考证, room 考场 and seat 座位.

    Seats count within their room. Without a room the number only counts those who have none: everybody in an exam
    session that uses no rooms, or whoever has not been placed yet.
    `condition` is the one of the exam session's that the candidate states to meet, where it has any.
    """

    __tablename__ = "enrolments"
    __table_args__ = (
        UniqueConstraint("exam_session_id", "candidate_id"),
        UniqueConstraint("session_room_id", "seat_number"),
        Index(
            "uq_enrolments_seat_without_room",
            "exam_session_id",
            "seat_number",
            unique=True,
            sqlite_where=text("session_room_id IS NULL"),
            postgresql_where=text("session_room_id IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    exam_session_id: Mapped[UUID] = mapped_column(ForeignKey("exam_sessions.id"))
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"), index=True)
    ticket_number: Mapped[str] = mapped_column(String(24), unique=True)
    session_room_id: Mapped[UUID | None] = mapped_column(ForeignKey("session_rooms.id"))
    seat_number: Mapped[int]
    condition_id: Mapped[UUID | None] = mapped_column(ForeignKey("application_conditions.id"))
    created_at: Mapped[datetime]
    exam_session: Mapped[ExamSession] = relationship()
    session_room: Mapped[SessionRoom | None] = relationship()
    condition: Mapped[ApplicationCondition | None] = relationship()
    candidate: Mapped[Candidate] = relationship()
    sitting: Mapped["Sitting"] = relationship(back_populates="enrolment")

    @property
    def room(self) -> SeatRoom | None:
        """Return the room of the seat, or None without one."""
        room = self.session_room
        return SeatRoom(room.id, room.number, room.name) if room else None

    @property
    def condition_number(self) -> int | None:
        """Return the number of the condition that the candidate states to meet, or None."""
        return self.condition.number if self.condition else None

    @property
    def seat(self) -> tuple[int, int]:
        """Return the numbers of room and seat, to order people by; 0 without a room."""
        return self.session_room.number if self.session_room else 0, self.seat_number

    @property
    def seat_label(self) -> str:
        """Return the seat as it stands on tickets and in tables."""
        return seat_label(self.session_room.number if self.session_room else None, self.seat_number)


def seat_label(room_number: int | None, seat_number: int) -> str:
    """Return how a seat is called: 02-07, or 7 where there is no room."""
    return str(seat_number) if room_number is None else f"{room_number:02}-{seat_number:02}"


def by_seat() -> tuple[ColumnElement[int], ...]:
    """Return what enrolments are ordered by: rooms in the order of their numbers, and seats within."""
    room = select(SessionRoom.number).where(SessionRoom.id == Enrolment.session_room_id).correlate(Enrolment)
    return func.coalesce(room.scalar_subquery(), 0), Enrolment.__table__.c.seat_number
