"""Carrying out a command for many: whom it is for is stored with it, then it comes to them in portions.

Each portion is a transaction of its own, so that an answer never waits for more than one. What waits for a sitting is
applied in the order in which it was ordered, and once: how it went is stored with what it did.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Select, delete, func, insert, literal, select
from sqlalchemy.orm import Session

from examsvc.accounts.models import Account
from examsvc.core import sweeps
from examsvc.core.db import Database, get, get_locked
from examsvc.core.identity import Identity
from examsvc.core.sweeps import Sweep
from examsvc.delivery import finding
from examsvc.delivery.models import ExamSession
from proctoring import applying, reaching
from proctoring.models import Command, CommandTarget
from proctoring.states import CommandKind, Outcome

AT_ONCE: Final = 2 * sweeps.BATCH
"""So many are reached before the proctor's page has its answer: everybody in a room, and not those of a whole city."""


def begin(db: Session, command: Command, *, by: Identity, now: datetime) -> None:
    """Store whom a command for many is for.

    When they are paused or go on, the exam session is locked: who is given a seat there in the same moment either
    finds how the room stands by then, or is found here.
    """
    if command.kind in (CommandKind.PAUSE, CommandKind.RESUME):
        get_locked(db, ExamSession, command.exam_session_id)
    said = applying.meant(command).add_columns(literal(command.id, CommandTarget.command_id.type))
    db.execute(insert(CommandTarget).from_select(["sitting_id", "command_id"], said))
    targets = reaching.waiting(db, command.id)
    command.left_out = applying.there(db, command) - targets
    reaching.note_given(db, command, targets=targets, by=by, now=now)
    if not targets:
        reaching.note_reach(db, command, by=by, now=now)


def at_once(database: Database, command_id: UUID) -> None:
    """Apply a stored command to the first of those it is for, and end it when they were all; sweeps do the rest."""

    def first(db: Session, _now: datetime) -> Iterable[UUID]:
        return db.scalars(_awaited().where(CommandTarget.command_id == command_id).limit(AT_ONCE)).all()

    def itself(db: Session, now: datetime) -> Iterable[UUID]:
        return [command_id] if command_id in _applied(db, now) else []

    sweeps.run(database, (replace(APPLY, due=first), replace(END, due=itself)))


def catch_up(db: Session, sitting_ids: Collection[UUID], *, now: datetime) -> None:
    """Apply to these sittings, in the order of the commands, whatever still waits for them."""
    finding.all_locked(db, sitting_ids)  # all first: to open one again, or to claim it, locks the exam session
    query = select(CommandTarget, Command).join(Command, Command.id == CommandTarget.command_id)
    query = query.where(CommandTarget.sitting_id.in_(sitting_ids), CommandTarget.outcome.is_(None))
    for target, command in db.execute(query.order_by(Command.at, Command.id, CommandTarget.sitting_id)).all():
        if target.outcome is None:  # who is opened again catches up with a later pause in the same step
            target.outcome = Outcome.APPLIED
            target.outcome = applying.reach(db, command, target.sitting_id, by=_giver(db, command), now=now)
    db.flush()


def _giver(db: Session, command: Command) -> Identity:
    account = get(db, Account, command.by_account_id)
    return Identity(name=account.display_name, account_id=account.id)


def _awaited() -> Select[UUID]:
    """Return the query for the sittings that something waits for, the oldest command's first."""
    query = select(CommandTarget.sitting_id).join(Command, Command.id == CommandTarget.command_id)
    query = query.where(CommandTarget.outcome.is_(None)).group_by(CommandTarget.sitting_id)
    return query.order_by(func.min(Command.at), CommandTarget.sitting_id)


def _applied(db: Session, _now: datetime) -> Iterable[UUID]:
    """Return the commands that have come to everybody they are for."""
    query = select(CommandTarget.command_id).group_by(CommandTarget.command_id)
    return db.scalars(query.having(func.count() == func.count(CommandTarget.outcome))).all()


def _all_awaited(db: Session, _now: datetime) -> Iterable[UUID]:
    return db.scalars(_awaited()).all()


def _catch_up_one(db: Session, sitting_id: UUID, now: datetime) -> None:
    catch_up(db, [sitting_id], now=now)


def _catch_up_many(db: Session, sitting_ids: Collection[UUID], now: datetime) -> None:
    catch_up(db, sitting_ids, now=now)


def _end(db: Session, command_id: UUID, now: datetime) -> None:
    """Put on record how far the command reached, and whom it was for no more; once, whoever comes second."""
    command = get_locked(db, Command, command_id)
    if command_id in _applied(db, now):
        reaching.note_reach(db, command, by=_giver(db, command), now=now)
        db.execute(delete(CommandTarget).filter_by(command_id=command_id))


APPLY: Final = Sweep("apply commands for many", _all_awaited, _catch_up_one, _catch_up_many)
END: Final = Sweep("end commands for many", _applied, _end)
SWEEPS: Final = (APPLY, END)
