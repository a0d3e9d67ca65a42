"""Which rooms 考场 an exam session uses."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.core import ids
from examsvc.core.db import Base
from examsvc.delivery.models.exam_sessions import ExamSession
from examsvc.registry.applications.models import Room


class SessionRoom(Base):
    """场次考场: a room that an exam session uses, by its number there (01, 02, …).

    `capacity` is how many of its seats are used, at most those the room has. `is_separate`: kept for people who need
    a room apart from the others (便利措施), and filled with nobody else. `absence_confirmed_at`: when a proctor last
    confirmed who is absent in it.
    """

    __tablename__ = "session_rooms"
    __table_args__ = (
        UniqueConstraint("exam_session_id", "number"),
        UniqueConstraint("exam_session_id", "room_id"),
        CheckConstraint("number > 0", name="number"),
        CheckConstraint("capacity > 0", name="capacity"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    exam_session_id: Mapped[UUID] = mapped_column(ForeignKey("exam_sessions.id"))
    room_id: Mapped[UUID] = mapped_column(ForeignKey("rooms.id"), index=True)
    number: Mapped[int]
    capacity: Mapped[int]
    is_separate: Mapped[bool] = mapped_column(default=False)
    absence_confirmed_at: Mapped[datetime | None]
    absence_confirmed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    exam_session: Mapped[ExamSession] = relationship()
    room: Mapped[Room] = relationship()

    @property
    def name(self) -> str:
        """Return the name of the room."""
        return self.room.name
