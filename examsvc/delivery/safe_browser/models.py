"""Keys that are let in, and the challenges that a browser answers once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from examsvc.core import ids
from examsvc.core.db import Base, EnumText, one_of
from examsvc.delivery.safe_browser.states import KeyKind


class SafeBrowserKey(Base):
    """A key that the office let in, beside the Config Key of the settings that are made here."""

    __tablename__ = "safe_browser_keys"
    __table_args__ = (one_of("kind", KeyKind), UniqueConstraint("exam_session_id", "kind", "key"))

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    exam_session_id: Mapped[UUID] = mapped_column(ForeignKey("exam_sessions.id"))
    kind: Mapped[KeyKind] = mapped_column(EnumText(KeyKind))
    key: Mapped[str] = mapped_column(String(64))
    label: Mapped[str] = mapped_column(String(80))
    added_at: Mapped[datetime]


class SafeBrowserChallenge(Base):
    """A nonce that stands in the address whose hash a log-in shows, once, before its sitting is claimed again."""

    __tablename__ = "safe_browser_challenges"
    __table_args__ = (CheckConstraint("made_at < expires_at", name="lasts"),)

    nonce: Mapped[str] = mapped_column(String(40), primary_key=True)
    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sittings.id"))
    login_id: Mapped[UUID] = mapped_column(ForeignKey("logins.id"), unique=True)
    epoch: Mapped[int]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
