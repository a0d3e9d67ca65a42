"""Applying a command to a sitting, and whom a command for a room or for all is for."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from examsvc.core.db import get
from examsvc.core.errors import Refusal
from examsvc.core.identity import Identity
from examsvc.delivery import clocks, finding, finishing, invigilating
from examsvc.delivery.errors import SittingOver
from examsvc.delivery.models import Enrolment, Sitting
from examsvc.delivery.safe_browser import waiving
from examsvc.delivery.states import UNFINISHED, FinishReason, SittingState
from examsvc.delivery.timing import Phase
from proctoring import telling
from proctoring.models import Command, CommandTarget
from proctoring.states import CommandKind, Outcome

_UNFINISHED: Final = Sitting.state.in_(UNFINISHED)
_ENDED_BY_TIME: Final = (Sitting.state == SittingState.HANDED_IN) & (Sitting.finish_reason == FinishReason.TIME_UP)
# Who is meant when a command is for many.
_MEANT: Final[dict[CommandKind, ColumnElement[bool]]] = {
    CommandKind.EXTEND: _UNFINISHED | _ENDED_BY_TIME,
    CommandKind.PAUSE: Sitting.state.in_((SittingState.EXPECTED, SittingState.IN_PROGRESS)),
    CommandKind.RESUME: (Sitting.state == SittingState.PAUSED) | Sitting.held_at.is_not(None),
    CommandKind.ALLOW_HAND_IN: Sitting.state.in_((SittingState.IN_PROGRESS, SittingState.PAUSED)),
}
_WAITED_FOR: Final = Sitting.id.in_(select(CommandTarget.sitting_id).where(CommandTarget.outcome.is_(None)))


def alone(db: Session, command: Command, sitting_id: UUID, *, by: Identity, now: datetime) -> Outcome:
    """Apply a command to one sitting, which is locked, and return how it went.

    Raises NotFound, SittingOver, IllegalTransition, ContinuesOnPaper.
    """
    is_over = command.kind == CommandKind.EXTEND and _has_ended(get(db, Sitting, sitting_id), now)
    sitting = _VERBS[command.kind](db, sitting_id, command, {"by": by, "now": now})
    telling.tell(db, command, sitting, now)
    return Outcome.REOPENED if is_over else Outcome.APPLIED


def reach(db: Session, command: Command, sitting_id: UUID, *, by: Identity, now: datetime) -> Outcome:
    """Apply a command that is for many to one of them, if it can be, and return how it went."""
    try:
        with db.begin_nested():
            return alone(db, command, sitting_id, by=by, now=now)
    except Refusal:
        return Outcome.LEFT_OUT


def meant(command: Command) -> Select[UUID]:
    """Return the query for the sittings that a command for many is for.

    Those for whom an earlier one still waits are among them: how they stand then is not known yet.
    """
    return _of(command, select(Sitting.id)).where(or_(_MEANT.get(command.kind, _UNFINISHED), _WAITED_FOR))


def there(db: Session, command: Command) -> int:
    """Return how many sit where the command is for, whether or not it is for them."""
    return db.scalar(_of(command, select(func.count(Sitting.id)))) or 0


def _of(command: Command, query: Select[Any]) -> Select[Any]:
    query = query.join(Sitting.enrolment).where(Enrolment.exam_session_id == command.exam_session_id)
    if command.session_room_id is not None:
        return query.where(Enrolment.session_room_id == command.session_room_id)
    return query


def _has_ended(sitting: Sitting, now: datetime) -> bool:
    return clocks.timing_of(sitting, now).phase == Phase.OVER and not finishing.never_came(sitting)


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
