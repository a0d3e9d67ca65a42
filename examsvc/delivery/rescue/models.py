"""Lines that came late 迟到作答: evidence apart from the responses, until somebody decides."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from examsvc.core.db import Base, EnumText, one_of
from examsvc.delivery.rescue.states import Source


class LateResponse(Base):
    """迟到作答: a line of a candidate's journal that was not stored in time, with when it first reached the service.

    The same line twice is one row, by its digest. Once taken over it names the response that it became; `left_at` says
    when the office decided that it does not count.
    """

    __tablename__ = "late_responses"
    __table_args__ = (
        one_of("source", Source),
        CheckConstraint("(taken_epoch IS NULL) = (taken_seq IS NULL)", name="taken_is_named"),
    )

    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sittings.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    source: Mapped[Source] = mapped_column(EnumText(Source))
    epoch: Mapped[int]
    seq: Mapped[int]
    item_ref: Mapped[str] = mapped_column(String(8))
    answer: Mapped[dict[str, Any] | None]
    flagged: Mapped[bool]
    client_at: Mapped[datetime]
    received_at: Mapped[datetime]
    taken_epoch: Mapped[int | None]
    taken_seq: Mapped[int | None]
    left_at: Mapped[datetime | None]
