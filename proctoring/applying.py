"""Applying a command to the sittings that are meant: one, those of a room, or all of an exam session."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.errors import Refusal
from examsvc.core.identity import Identity
from examsvc.delivery import finding, invigilating
from examsvc.delivery.errors import SittingOver
from examsvc.delivery.models import Enrolment, Sitting
from examsvc.delivery.safe_browser import waiving
from examsvc.delivery.states import SittingState
from proctoring import telling
from proctoring.models import Command
from proctoring.states import CommandKind

# Who is meant when a command is for many. Who was ended by time already is extended one by one.
_UNFINISHED: Final = frozenset({SittingState.EXPECTED, SittingState.IN_PROGRESS, SittingState.PAUSED})
_MEANT: Final = {
    CommandKind.PAUSE: frozenset({SittingState.IN_PROGRESS}),
    CommandKind.RESUME: frozenset({SittingState.PAUSED}),
    CommandKind.ALLOW_HAND_IN: frozenset({SittingState.IN_PROGRESS, SittingState.PAUSED}),
}


def apply(db: Session, command: Command, *, by: Identity, now: datetime) -> Sequence[UUID]:
    """Apply the command and return the sittings it reached, locked in one order so that two commands never deadlock.

    For one sitting a refusal stands; of many, those it cannot be applied to are left out.
    """
    if command.sitting_id is not None:
        _apply(db, command, command.sitting_id, by, now)
        return [command.sitting_id]
    reached = []
    for sitting_id in _meant(db, command):
        try:
            with db.begin_nested():
                _apply(db, command, sitting_id, by, now)
        except Refusal:
            continue
        reached.append(sitting_id)
    return reached


def _meant(db: Session, command: Command) -> Sequence[UUID]:
    query = (
        select(Sitting.id)
        .join(Enrolment)
        .where(Enrolment.exam_session_id == command.exam_session_id)
        .where(Sitting.state.in_(_MEANT.get(command.kind, _UNFINISHED)))
        .order_by(Sitting.id)
    )
    if command.session_room_id is not None:
        query = query.where(Enrolment.session_room_id == command.session_room_id)
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
