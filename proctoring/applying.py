"""Applying a command to the sittings that are meant: one, those of a room, or all of an exam session."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from examsvc.core.db import get_locked
from examsvc.core.errors import Refusal
from examsvc.core.identity import Identity
from examsvc.delivery import clocks, finding, finishing, invigilating
from examsvc.delivery.errors import SittingOver
from examsvc.delivery.models import Enrolment, ExamSession, Sitting
from examsvc.delivery.safe_browser import waiving
from examsvc.delivery.states import UNFINISHED, FinishReason, SittingState
from examsvc.delivery.timing import Phase
from proctoring import telling
from proctoring.models import Command
from proctoring.states import CommandKind

_UNFINISHED: Final = Sitting.state.in_(UNFINISHED)
_ENDED_BY_TIME: Final = (Sitting.state == SittingState.HANDED_IN) & (Sitting.finish_reason == FinishReason.TIME_UP)
# Who is meant when a command is for many.
_MEANT: Final[dict[CommandKind, ColumnElement[bool]]] = {
    CommandKind.EXTEND: _UNFINISHED | _ENDED_BY_TIME,
    CommandKind.PAUSE: Sitting.state.in_((SittingState.EXPECTED, SittingState.IN_PROGRESS)),
    CommandKind.RESUME: (Sitting.state == SittingState.PAUSED) | Sitting.held_at.is_not(None),
    CommandKind.ALLOW_HAND_IN: Sitting.state.in_((SittingState.IN_PROGRESS, SittingState.PAUSED)),
}


@dataclass(frozen=True)
class Reach:
    """How many sittings a command reached, how many of them it opened again, and how many of those there it did not."""

    reached: int
    reopened: int
    left_out: int


def apply(db: Session, command: Command, *, by: Identity, now: datetime) -> Reach:
    """Apply the command and return how far it reached; sittings are locked in one order, so that two never deadlock.

    All are locked first: to open one again, or to claim it, locks the exam session. For one sitting a refusal stands;
    of many, those it cannot be applied to are left out.
    """
    meant = _held(db, command)
    there = _there(db, command)
    reached = reopened = 0
    for sitting in meant:
        was_over = clocks.timing_of(sitting, now).phase == Phase.OVER and not finishing.never_came(sitting)
        if command.sitting_id is not None:
            _apply(db, command, sitting.id, by, now)
        elif not reach(db, command, sitting.id, by=by, now=now):
            continue
        reached += 1
        reopened += was_over and command.kind == CommandKind.EXTEND
    return Reach(reached, reopened, there - reached)


def reach(db: Session, command: Command, sitting_id: UUID, *, by: Identity, now: datetime) -> bool:
    """Apply a command that is for many to one of them, and return whether it could be."""
    try:
        with db.begin_nested():
            _apply(db, command, sitting_id, by, now)
    except Refusal:
        return False
    return True


def _held(db: Session, command: Command) -> Sequence[Sitting]:
    """Return the sittings that are meant, locked.

    When many are paused or go on, the exam session is locked after them: who is given a seat there in the same moment
    either finds how the room stands by then, or is found here.
    """
    held = finding.all_locked(db, _meant(db, command))
    if command.sitting_id is None and command.kind in (CommandKind.PAUSE, CommandKind.RESUME):
        get_locked(db, ExamSession, command.exam_session_id)
        held = finding.all_locked(db, _meant(db, command))
    return held


def _of(command: Command, query: Select[Any]) -> Select[Any]:
    """Return the query for the sittings at which the command is directed: one, those of a room, or all."""
    query = query.join(Sitting.enrolment).where(Enrolment.exam_session_id == command.exam_session_id)
    if command.sitting_id is not None:
        return query.where(Sitting.id == command.sitting_id)
    if command.session_room_id is not None:
        return query.where(Enrolment.session_room_id == command.session_room_id)
    return query


def _there(db: Session, command: Command) -> int:
    return db.scalar(_of(command, select(func.count(Sitting.id)))) or 0


def _meant(db: Session, command: Command) -> Sequence[UUID]:
    query = _of(command, select(Sitting.id))
    if command.sitting_id is None:
        query = query.where(_MEANT.get(command.kind, _UNFINISHED))
    return db.scalars(query).all()


def _apply(db: Session, command: Command, sitting_id: UUID, by: Identity, now: datetime) -> None:
    sitting = _VERBS[command.kind](db, sitting_id, command, {"by": by, "now": now})
    telling.tell(db, command, sitting, now)


def _message(db: Session, sitting_id: UUID, _command: Command, _act: dict[str, Any]) -> Sitting:
    sitting = finding.locked(db, sitting_id)
    if sitting.state.is_over:
        raise SittingOver
    return sitting


def _extend(db: Session, sitting_id: UUID, command: Command, act: dict[str, Any]) -> Sitting:
    return invigilating.extend(db, sitting_id, seconds=command.seconds, reason=command.text, **act)


def _reasoned(verb: Callable[..., Sitting]) -> Callable[[Session, UUID, Command, dict[str, Any]], Sitting]:
    return lambda db, sitting_id, command, act: verb(db, sitting_id, reason=command.text, **act)


_VERBS: Final[dict[CommandKind, Callable[[Session, UUID, Command, dict[str, Any]], Sitting]]] = {
    CommandKind.MESSAGE: _message,
    CommandKind.EXTEND: _extend,
    CommandKind.PAUSE: _reasoned(invigilating.pause),
    CommandKind.RESUME: _reasoned(invigilating.resume),
    CommandKind.ALLOW_HAND_IN: _reasoned(invigilating.allow_hand_in),
    CommandKind.WAIVE_SAFE_BROWSER: _reasoned(waiving.waive),
    CommandKind.TERMINATE: _reasoned(invigilating.terminate),
}
