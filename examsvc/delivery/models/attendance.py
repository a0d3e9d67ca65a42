"""What happens at a room's door: the append-only log, and the stations that were drawn there."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.accounts.models import Account
from examsvc.core import ids
from examsvc.core.db import Base, EnumText, one_of
from examsvc.delivery.attendance.states import DoorEvent, Grounds
from examsvc.delivery.identity_documents import DocumentType


class DoorRecord(Base):
    """入场记录: one line of the append-only log of who came, was turned away, or whose check-in was undone.

    `document_type` is what the person showed; `note` is why, wherever somebody was not let in or is out again.
    """

    __tablename__ = "door_records"
    __table_args__ = (
        one_of("event", DoorEvent),
        one_of("grounds", Grounds),
        one_of("document_type", DocumentType),
        CheckConstraint("(event = 'TURNED_AWAY') = (grounds IS NOT NULL)", name="turned_away_on_grounds"),
        CheckConstraint("event <> 'CHECKED_IN' OR document_type IS NOT NULL", name="checked_in_by_document"),
        Index("ix_door_records_sitting_id_at", "sitting_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sittings.id"))
    event: Mapped[DoorEvent] = mapped_column(EnumText(DoorEvent))
    document_type: Mapped[DocumentType | None] = mapped_column(EnumText(DocumentType))
    grounds: Mapped[Grounds | None] = mapped_column(EnumText(Grounds))
    note: Mapped[str] = mapped_column(Text)
    by_account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    by: Mapped[Account] = relationship()


class StationDraw(Base):
    """工位抽签: the station that a candidate drew at the door of a practical room; drawn once for each room.

    Whoever is moved to another room keeps it until somebody else draws there.

    `free` are the stations that were left, `seed` what chose among them: the draw can be repeated from the two.
    """

    __tablename__ = "station_draws"
    __table_args__ = (
        UniqueConstraint("session_room_id", "station"),
        CheckConstraint("station > 0", name="station"),
    )

    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sittings.id"), primary_key=True)
    session_room_id: Mapped[UUID] = mapped_column(ForeignKey("session_rooms.id"), primary_key=True)
    station: Mapped[int]
    free: Mapped[list[Any]]
    seed: Mapped[str] = mapped_column(String(64))
    by_account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    drawn_at: Mapped[datetime]
