"""How far a command has come, and what goes on record of it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get
from examsvc.core.identity import Identity
from examsvc.delivery.models import ExamSession
from proctoring.models import Command, CommandReceipt, CommandTarget
from proctoring.states import Outcome


@dataclass(frozen=True)
class Reach:
    """How many sittings a command reached, how many of them it opened again, and how many of those there it did not."""

    reached: int
    reopened: int
    left_out: int


def waiting(db: Session, command_id: UUID) -> int:
    """Return how many a command for many has not come to yet."""
    return _counted(db, command_id).get(None, 0)


def of(db: Session, command: Command) -> Reach:
    """Return how far a command has come."""
    counted = _counted(db, command.id)
    return Reach(
        reached=db.scalar(select(func.count()).select_from(CommandReceipt).filter_by(command_id=command.id)) or 0,
        reopened=command.reopened + counted.get(Outcome.REOPENED, 0),
        left_out=command.left_out + counted.get(Outcome.LEFT_OUT, 0),
    )


def note_given(db: Session, command: Command, *, targets: int, by: Identity, now: datetime) -> None:
    """Put a command for many on record before it is applied to anybody."""
    _append(db, command, "command.given", {"kind": str(command.kind), "targets": targets}, by, now)


def note_reach(db: Session, command: Command, *, by: Identity, now: datetime) -> None:
    """Put on record how far a command reached, and keep it with the command."""
    reach = of(db, command)
    command.reopened, command.left_out = reach.reopened, reach.left_out
    _append(db, command, f"command.{command.kind.lower()}", asdict(reach), by, now)


def _append(db: Session, command: Command, action: str, detail: dict[str, Any], by: Identity, now: datetime) -> None:
    audit.append(
        db,
        get(db, ExamSession, command.exam_session_id).audit_stream,
        action,
        by=by,
        now=now,
        command=command.id,
        sitting=command.sitting_id,
        room=command.session_room_id,
        reason=command.text,
        seconds=command.seconds,
        **detail,
    )


def _counted(db: Session, command_id: UUID) -> dict[Outcome | None, int]:
    query = select(CommandTarget.outcome, func.count()).filter_by(command_id=command_id)
    return {row[0]: row[1] for row in db.execute(query.group_by(CommandTarget.outcome))}
