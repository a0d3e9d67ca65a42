"""Hand-overs: who made the code and why, which log-in used it, and when that log-in took the answers over."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from examsvc.core import ids
from examsvc.core.db import Base
from examsvc.delivery.models import Sitting


class HandOver(Base):
    """换机. `seen_at` is the last the server saw of the old machine, None when nothing is known of it."""

    __tablename__ = "hand_overs"
    __table_args__ = (
        CheckConstraint("(used_at IS NULL) = (login_id IS NULL)", name="used_by_login"),
        CheckConstraint("taken_over_at IS NULL OR used_at IS NOT NULL", name="taken_over_after_use"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sittings.id"), index=True)
    code_mac: Mapped[str] = mapped_column(String(64), unique=True)
    reason: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    most_seconds: Mapped[int]
    used_at: Mapped[datetime | None]
    login_id: Mapped[UUID | None] = mapped_column(ForeignKey("logins.id"), unique=True)
    taken_over_at: Mapped[datetime | None]
    sitting: Mapped[Sitting] = relationship()


class SpareMachine(Base):
    """备用机, waiting with a code on its screen; `hand_over_id` is set once a proctor has named a candidate for it."""

    __tablename__ = "spare_machines"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    code_mac: Mapped[str] = mapped_column(String(64), unique=True)
    secret_digest: Mapped[str] = mapped_column(String(64), unique=True)
    address: Mapped[str] = mapped_column(String(45))
    browser: Mapped[str] = mapped_column(String(200))
    shown_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    hand_over_id: Mapped[UUID | None] = mapped_column(ForeignKey("hand_overs.id"), unique=True)
