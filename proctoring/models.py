"""What proctoring keeps: events, kept snapshots, commands with whom they are for and their receipts, incidents."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.core import ids
from examsvc.core.db import Base, EnumText, one_of
from examsvc.delivery.models import Sitting
from proctoring.states import INCIDENT_LIFECYCLE, CommandKind, EventKind, IncidentState, Outcome


class ProctorEvent(Base):
    """Something noticed in a sitting; client and server time are both kept."""

    __tablename__ = "proctor_events"
    __table_args__ = (one_of("kind", EventKind),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sittings.id"), index=True)
    kind: Mapped[EventKind] = mapped_column(EnumText(EventKind, 30))
    at: Mapped[datetime] = mapped_column(index=True)
    client_at: Mapped[datetime | None]
    detail: Mapped[dict[str, Any]]


class Snapshot(Base):
    """A kept frame. `chain` binds it to the one before: sha256(previous chain ‖ frame digest ‖ seq ‖ instant)."""

    __tablename__ = "snapshots"
    __table_args__ = (UniqueConstraint("sitting_id", "seq"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sittings.id"))
    seq: Mapped[int]
    taken_at: Mapped[datetime]
    received_at: Mapped[datetime]
    frame_digest: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    reason: Mapped[str] = mapped_column(String(30))
    chain: Mapped[str] = mapped_column(String(64))


class Command(Base):
    """What a proctor ordered. The id comes from the proctor's page, so that a repeat changes nothing.

    It is for one sitting, for one room, or with neither for everybody in the exam session. A CREDIT has the id of the
    time credit it tells of. `reopened` are those of the sittings it reached that it opened again; `left_out` those
    there that it could not be applied to. While it is being applied, its targets say how it goes.
    """

    __tablename__ = "commands"
    __table_args__ = (
        one_of("kind", CommandKind),
        CheckConstraint("sitting_id IS NULL OR session_room_id IS NULL", name="one_or_room"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    exam_session_id: Mapped[UUID] = mapped_column(ForeignKey("exam_sessions.id"), index=True)
    sitting_id: Mapped[UUID | None] = mapped_column(ForeignKey("sittings.id"))
    session_room_id: Mapped[UUID | None] = mapped_column(ForeignKey("session_rooms.id"))
    kind: Mapped[CommandKind] = mapped_column(EnumText(CommandKind))
    text: Mapped[str] = mapped_column(Text)
    seconds: Mapped[int]
    by_account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    reopened: Mapped[int] = mapped_column(default=0)
    left_out: Mapped[int] = mapped_column(default=0)


class CommandTarget(Base):
    """A sitting that a command for many is for, while that is being applied: `outcome` is None until its turn came."""

    __tablename__ = "command_targets"
    __table_args__ = (one_of("outcome", Outcome),)

    command_id: Mapped[UUID] = mapped_column(ForeignKey("commands.id"), primary_key=True)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sittings.id"), primary_key=True, index=True)
    outcome: Mapped[Outcome | None] = mapped_column(EnumText(Outcome))


class CommandReceipt(Base):
    """A command as it reached one sitting: `shown_at` is None until the candidate's page has shown it."""

    __tablename__ = "command_receipts"

    command_id: Mapped[UUID] = mapped_column(ForeignKey("commands.id"), primary_key=True)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sittings.id"), primary_key=True, index=True)
    shown_at: Mapped[datetime | None]


class Incident(Base):
    """异常: what a proctor put on record about a sitting."""

    __tablename__ = "incidents"
    __table_args__ = (one_of("state", IncidentState),)
    lifecycle: ClassVar = INCIDENT_LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sittings.id"), index=True)
    state: Mapped[IncidentState] = mapped_column(EnumText(IncidentState), default=IncidentState.OPEN)
    category: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(Text)
    opened_by_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    opened_at: Mapped[datetime]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime | None]
    decision_note: Mapped[str | None] = mapped_column(Text)
    sitting: Mapped[Sitting] = relationship()

    @property
    def audit_stream(self) -> str:
        return f"sitting:{self.sitting_id}"
