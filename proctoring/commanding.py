"""Commands of a proctor: given once, applied to one sitting or to all, shown by the candidate's page, receipted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import after_commit
from examsvc.core.errors import NotFound, Refusal
from examsvc.core.identity import Identity
from examsvc.delivery import finding, invigilating
from examsvc.delivery.errors import SittingOver
from examsvc.delivery.ledger.models import Outage
from examsvc.delivery.models import Enrolment, ExamSession, Sitting
from examsvc.delivery.states import SittingState
from proctoring import live, membership
from proctoring.errors import CommandDiffers, OneSittingOnly, ReasonMissing, SecondsMissing
from proctoring.models import Command, CommandReceipt
from proctoring.states import CommandKind

# Who is meant when a command is for everybody. Who was ended by time already is extended one by one.
_FOR_ALL = {
    CommandKind.MESSAGE: {SittingState.EXPECTED, SittingState.IN_PROGRESS, SittingState.PAUSED},
    CommandKind.EXTEND: {SittingState.EXPECTED, SittingState.IN_PROGRESS, SittingState.PAUSED},
    CommandKind.PAUSE: {SittingState.IN_PROGRESS},
    CommandKind.RESUME: {SittingState.PAUSED},
}


@dataclass(frozen=True)
class Order:
    """What a proctor's page asks for. `id` was made there, so that a repeat changes nothing."""

    id: UUID
    kind: CommandKind
    sitting_id: UUID | None = None
    text: str = ""
    seconds: int = 0


def give(db: Session, exam_session_id: UUID, order: Order, *, by: Identity, now: datetime) -> Command:
    """Give the command and return it; a repeat returns the first one and changes nothing.

    For one sitting a refusal of delivery stands; when it is for all, sittings it cannot be applied to are left out.
    Raises NotFound, ReasonMissing, SecondsMissing, OneSittingOnly, CommandDiffers, SittingOver, IllegalTransition.
    """
    exam_session = membership.watched_session(db, exam_session_id, by=by)
    known = db.get(Command, order.id)
    if known is not None:
        return _same(known, exam_session_id, order, by)
    _check(order)
    if order.sitting_id is not None:
        _check_belongs(db, exam_session_id, order.sitting_id)
    try:
        with db.begin_nested():
            command = _written(db, exam_session_id, order, by, now)
    except IntegrityError:  # the same page sent it twice at once
        return _same(db.get_one(Command, order.id), exam_session_id, order, by)
    reached = _apply_all(db, exam_session, command, by, now)
    _audit(db, exam_session, command, len(reached), by, now)
    return command


def given(db: Session, exam_session_id: UUID, command_id: UUID, *, by: Identity) -> Command:
    """Return a command of an exam session the caller watches; raises NotFound."""
    membership.watched_session(db, exam_session_id, by=by)
    command = db.get(Command, command_id)
    if command is None or command.exam_session_id != exam_session_id:
        raise NotFound(thing="command")
    return command


def _same(given: Command, exam_session_id: UUID, order: Order, by: Identity) -> Command:
    said = (given.exam_session_id, given.kind, given.sitting_id, given.text, given.seconds, given.by_account_id)
    if said != (exam_session_id, order.kind, order.sitting_id, order.text, order.seconds, by.account_id):
        raise CommandDiffers
    return given


def _check(order: Order) -> None:
    if not order.text and order.kind != CommandKind.RESUME:
        raise ReasonMissing(kind=str(order.kind))
    if order.kind == CommandKind.EXTEND and order.seconds <= 0:
        raise SecondsMissing
    if order.sitting_id is None and order.kind not in _FOR_ALL:
        raise OneSittingOnly(kind=str(order.kind))


def _written(db: Session, exam_session_id: UUID, order: Order, by: Identity, now: datetime) -> Command:
    command = Command(exam_session_id=exam_session_id, by_account_id=by.account_id, at=now, **vars(order))
    db.add(command)
    db.flush()
    return command


def _apply_all(db: Session, exam_session: ExamSession, command: Command, by: Identity, now: datetime) -> Sequence[UUID]:
    """Apply the command and return the sittings it reached, locked in one order so that two commands never deadlock."""
    if command.sitting_id is not None:
        _apply(db, command, command.sitting_id, by, now)
        return [command.sitting_id]
    reached = []
    for sitting_id in _meant(db, exam_session.id, command.kind):
        try:
            with db.begin_nested():
                _apply(db, command, sitting_id, by, now)
        except Refusal:
            continue
        reached.append(sitting_id)
    return reached


def _check_belongs(db: Session, exam_session_id: UUID, sitting_id: UUID) -> None:
    query = select(Enrolment.exam_session_id).join(Sitting).where(Sitting.id == sitting_id)
    if db.scalar(query) != exam_session_id:
        raise NotFound(thing="sitting")


def _meant(db: Session, exam_session_id: UUID, kind: CommandKind) -> list[UUID]:
    query = (
        select(Sitting.id)
        .join(Enrolment)
        .where(Enrolment.exam_session_id == exam_session_id, Sitting.state.in_(_FOR_ALL[kind]))
        .order_by(Sitting.id)
    )
    return list(db.scalars(query))


def _apply(db: Session, command: Command, sitting_id: UUID, by: Identity, now: datetime) -> None:
    sitting = _VERBS[command.kind](db, sitting_id, command, {"by": by, "now": now})
    db.add(CommandReceipt(command_id=command.id, sitting_id=sitting_id))
    db.flush()
    after_commit(db, partial(live.command_given, command.exam_session_id, sitting_id, as_shown(command, sitting, now)))


def _message(db: Session, sitting_id: UUID, _command: Command, _act: dict[str, Any]) -> Sitting:
    sitting = finding.locked(db, sitting_id)
    if sitting.state.is_over:
        raise SittingOver
    return sitting


_VERBS: dict[CommandKind, Callable[[Session, UUID, Command, dict[str, Any]], Sitting]] = {
    CommandKind.MESSAGE: _message,
    CommandKind.EXTEND: lambda db, sitting_id, command, act: invigilating.extend(
        db, sitting_id, seconds=command.seconds, reason=command.text, **act
    ),
    CommandKind.PAUSE: lambda db, sitting_id, command, act: invigilating.pause(
        db, sitting_id, reason=command.text, **act
    ),
    CommandKind.RESUME: lambda db, sitting_id, command, act: invigilating.resume(
        db, sitting_id, reason=command.text, **act
    ),
    CommandKind.TERMINATE: lambda db, sitting_id, command, act: invigilating.terminate(
        db, sitting_id, reason=command.text, **act
    ),
}


def as_shown(command: Command, sitting: Sitting, now: datetime, outage: Outage | None = None) -> dict[str, Any]:
    """Return the command as the candidate's page receives it, with what the sitting's clock says now.

    `outage` is what a credit stands for.
    """
    return {
        "id": command.id,
        "kind": command.kind,
        "text": command.text,
        "seconds": command.seconds,
        "at": command.at,
        "outage": outage,
        "state": sitting.state,
        "closes_at": finding.timing_of(sitting, now).closes_at,
        "server_now": now,
    }


def _audit(db: Session, exam_session: ExamSession, command: Command, reached: int, by: Identity, now: datetime) -> None:
    audit.append(
        db,
        exam_session.audit_stream,
        f"command.{command.kind.lower()}",
        by=by,
        now=now,
        command=command.id,
        sitting=command.sitting_id,
        reason=command.text,
        seconds=command.seconds,
        reached=reached,
    )
