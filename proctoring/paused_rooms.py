"""A room that is paused is paused for who comes to sit there later: enrolled, given a seat there, expected again.

The service pauses them, with the reason of the pause, as the room was paused before.
"""

from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from examsvc.core.identity import system
from examsvc.delivery import signals
from examsvc.delivery.models import Enrolment, Sitting
from proctoring import applying, carrying_out
from proctoring.models import Command, CommandReceipt
from proctoring.states import CommandKind

_BY: Final = system("paused_rooms")


def subscribe() -> None:
    """Hear what delivery announces; saying it twice connects once."""
    signals.candidate_enrolled.connect(_seated, weak=False)
    signals.seat_changed.connect(_seated, weak=False)
    signals.sitting_reopened.connect(_expected, weak=False)


def pause_of(db: Session, exam_session_id: UUID, session_room_id: UUID | None) -> Command | None:
    """Return the pause that a room is in, or None: the last word counts, for the room or for all.

    Without a room only what is for all counts. Whoever is let go alone lets nobody else go.
    """
    said = select(Command).where(
        Command.exam_session_id == exam_session_id,
        Command.kind.in_((CommandKind.PAUSE, CommandKind.RESUME)),
        Command.sitting_id.is_(None),
        or_(Command.session_room_id.is_(None), Command.session_room_id == session_room_id),
    )
    last = db.scalars(said.order_by(Command.at.desc(), Command.id.desc()).limit(1)).one_or_none()
    return last if last is not None and last.kind == CommandKind.PAUSE else None


def _seated(enrolment: Enrolment, *, db: Session, now: datetime) -> None:
    _expected(enrolment.sitting, db=db, now=now)


def _expected(sitting: Sitting, *, db: Session, now: datetime) -> None:
    """Whom the pause has reached before, somebody has let go on since; what was ordered before it comes first."""
    enrolment = sitting.enrolment
    pause = pause_of(db, enrolment.exam_session_id, enrolment.session_room_id)
    if pause is None:
        return
    carrying_out.catch_up(db, [sitting.id], now=now)
    if db.get(CommandReceipt, (pause.id, sitting.id)) is None:
        applying.reach(db, pause, sitting.id, by=_BY, now=now)
