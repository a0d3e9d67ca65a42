"""What finding cases and feeding calendars stores."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from examsvc.core.db import Base


class CaseGram(Base):
    """A case is found by this gram (`desks.grams`)."""

    __tablename__ = "case_grams"

    gram: Mapped[str] = mapped_column(String(24), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True, index=True)


class CalendarFeed(Base):
    """Somebody's calendar address. Only the digest of its secret is stored; deleting the row revokes it."""

    __tablename__ = "calendar_feeds"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime]
