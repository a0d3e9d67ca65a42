"""Sittings 一次应考, and the append-only log of their responses 作答."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, String, Text, event, text
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship, validates
from sqlalchemy.orm.attributes import get_history
from sqlalchemy.orm.base import PASSIVE_NO_INITIALIZE

from examsvc.core import ids
from examsvc.core.db import Base, EnumText, one_of
from examsvc.delivery import arranging
from examsvc.delivery.errors import PaperOpened
from examsvc.delivery.models.enrolments import Enrolment
from examsvc.delivery.states import SITTING_LIFECYCLE, FinishReason, SittingState, TextSize
from questionbank.models import Paper

CHAIN_START = "0" * 64


class Sitting(Base):
    """一次应考.

    The paper is given when the exam session is published, or at enrolling after that, and stays once it was opened.
    `arrangement` is this candidate's own order of it, stored with it and never made again: the places that
    `arranging.arranged` returns; its digest stands beside it and is None only in rows older than it. `has_own_form`:
    nobody else is ever given this paper. `key_released_at`: from then on the page could read its sealed paper, though
    its claim may still be on the way. `reached` is the place in it that the candidate has got to where
    nobody goes back. `answered_refs` are the refs of the answered questions, divided by spaces, and None only in rows
    older than it. `safe_browser_login_id` is the log-in that last proved to be in Safe Exam Browser, for a claim
    of `safe_browser_epoch`. `reader_login_id` is the log-in that reads the paper: it claimed last, or was given the
    keys first when it asked for them before any claim. `checked_in_at`: the staff let the candidate in at the room's
    door. `turned_away_at`: they
    did not, and nothing of the sitting is open to the candidate until that is undone. `on_paper_at`: from then on it
    continues on paper, and no page answers any more. `expected_again_at`: an absence was taken back then. `held_at`:
    since then a pause keeps the candidate out, who had not opened the paper; `held_seconds` is what such pauses lasted.
    `seen_before_at`: since when the candidate has known the paper from a start that was moved to another day.

    What `accommodations` resolved for the candidate is kept here, because the clock is read with every answer.
    """

    __tablename__ = "sittings"
    __table_args__ = (
        one_of("state", SittingState),
        one_of("finish_reason", FinishReason),
        one_of("text_size", TextSize),
        CheckConstraint("(finished_at IS NULL) = (finish_reason IS NULL)", name="finished_with_reason"),
        CheckConstraint(
            "(finished_at IS NOT NULL) = (state IN ('HANDED_IN', 'TERMINATED', 'ABSENT'))", name="finished_is_over"
        ),
        CheckConstraint("(paused_at IS NOT NULL) = (state = 'PAUSED')", name="paused_has_instant"),
        CheckConstraint("state <> 'IN_PROGRESS' OR opened_at IS NOT NULL", name="progress_was_opened"),
        CheckConstraint("break_started_at IS NULL OR state = 'IN_PROGRESS'", name="break_in_progress"),
        CheckConstraint("held_at IS NULL OR state = 'EXPECTED'", name="held_is_expected"),
        CheckConstraint("opened_at IS NULL OR paper_id IS NOT NULL", name="opened_has_paper"),
        Index(
            "uq_sittings_own_form",
            "paper_id",
            unique=True,
            sqlite_where=text("has_own_form"),
            postgresql_where=text("has_own_form"),
        ),
    )
    lifecycle: ClassVar = SITTING_LIFECYCLE

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolments.id"), unique=True)
    state: Mapped[SittingState] = mapped_column(EnumText(SittingState), default=SittingState.EXPECTED, index=True)
    checked_in_at: Mapped[datetime | None]
    expected_again_at: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    held_seconds: Mapped[int] = mapped_column(default=0)
    turned_away_at: Mapped[datetime | None]
    identity_confirmed_at: Mapped[datetime | None]
    undertaking_signed_at: Mapped[datetime | None]
    undertaking_name: Mapped[str | None] = mapped_column(String(80))
    system_check: Mapped[dict[str, Any] | None]
    paper_id: Mapped[UUID | None] = mapped_column(ForeignKey("papers.id"), index=True)
    has_own_form: Mapped[bool] = mapped_column(default=False)
    arrangement: Mapped[list[Any]]
    arrangement_digest: Mapped[str | None] = mapped_column(String(64))
    key_released_at: Mapped[datetime | None]
    epoch: Mapped[int] = mapped_column(default=0)
    last_seq: Mapped[int] = mapped_column(default=0)
    chain_head: Mapped[str] = mapped_column(String(64), default=CHAIN_START)
    answered_count: Mapped[int] = mapped_column(default=0)
    answered_refs: Mapped[str | None] = mapped_column(Text, default="")
    reached: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime | None]
    seen_before_at: Mapped[datetime | None]
    accommodation_seconds: Mapped[int] = mapped_column(default=0)
    break_allowance_seconds: Mapped[int] = mapped_column(default=0)
    text_size: Mapped[TextSize | None] = mapped_column(EnumText(TextSize))
    high_contrast: Mapped[bool] = mapped_column(default=False)
    separate_room: Mapped[bool] = mapped_column(default=False)
    screen_reader: Mapped[bool] = mapped_column(default=False)
    extra_seconds: Mapped[int] = mapped_column(default=0)
    credited_seconds: Mapped[int] = mapped_column(default=0)
    paused_at: Mapped[datetime | None]
    paused_seconds: Mapped[int] = mapped_column(default=0)
    break_started_at: Mapped[datetime | None]
    break_used_seconds: Mapped[int] = mapped_column(default=0)
    hand_in_allowed_at: Mapped[datetime | None]
    reader_login_id: Mapped[UUID | None] = mapped_column(ForeignKey("logins.id"))
    safe_browser_login_id: Mapped[UUID | None] = mapped_column(ForeignKey("logins.id"))
    safe_browser_epoch: Mapped[int | None]
    safe_browser_waived_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None] = mapped_column(index=True)
    on_paper_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    finish_reason: Mapped[FinishReason | None] = mapped_column(EnumText(FinishReason))
    enrolment: Mapped[Enrolment] = relationship(back_populates="sitting")
    paper: Mapped[Paper | None] = relationship()

    @validates("arrangement")
    def _digested(self, _name: str, arrangement: list[Any]) -> list[Any]:
        self.arrangement_digest = arranging.digest(arrangement)
        return arrangement

    @property
    def audit_stream(self) -> str:
        return f"sitting:{self.id}"

    @property
    def entered_at(self) -> datetime | None:
        """Return since when the paper can be read: opened, or its key released for the start as it stands now."""
        released_at = self.key_released_at
        is_for_this_start = released_at is not None and released_at >= self.enrolment.exam_session.starts_at
        return self.opened_at or (released_at if is_for_this_start else None)

    @property
    def seen_at(self) -> datetime | None:
        """Return since when the candidate knows the paper: entered, or from a start that was moved to another day."""
        return self.seen_before_at or self.entered_at

    @property
    def more_seconds(self) -> int:
        """Return how much longer it takes than its paper: accommodation, extensions and credits."""
        return self.accommodation_seconds + self.extra_seconds + self.credited_seconds

    @property
    def form_number(self) -> int | None:
        """Return which form of its draw the sitting's paper is, or None before one is given."""
        return self.paper.form_number if self.paper else None


@event.listens_for(Sitting, "before_update")
def _keep_opened_paper(_mapper: Mapper[Sitting], _connection: Connection, sitting: Sitting) -> None:
    """Raise PaperOpened when a paper or its order is changed that the candidate has seen, whichever code does it."""
    if any(_was_replaced(sitting, name) for name in ("paper_id", "arrangement")) and sitting.seen_at:
        raise PaperOpened


def _was_replaced(sitting: Sitting, name: str) -> bool:
    """Return whether it had another value; asked of the one attribute, for to look at all costs half a millisecond."""
    return bool(get_history(sitting, name, passive=PASSIVE_NO_INITIALIZE).deleted)


class Response(Base):
    """作答: one line of the append-only log. A repeat of (sitting, epoch, seq) changes nothing."""

    __tablename__ = "responses"

    sitting_id: Mapped[UUID] = mapped_column(ForeignKey("sittings.id"), primary_key=True)
    epoch: Mapped[int] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    item_ref: Mapped[str] = mapped_column(String(8))
    answer: Mapped[dict[str, Any] | None]
    flagged: Mapped[bool]
    client_at: Mapped[datetime]
    received_at: Mapped[datetime]
    chain: Mapped[str] = mapped_column(String(64))
