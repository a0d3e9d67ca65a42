"""Commands from the candidate's side: what is waiting to be shown, and the word that it was shown."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from examsvc.core.db import after_commit
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery import finding
from examsvc.delivery.ledger.models import Outage, TimeCredit
from proctoring import live, reaching, telling
from proctoring.models import Command, CommandReceipt
from proctoring.states import CommandKind


def since(
    db: Session, sitting_id: UUID, *, after: datetime | None, by: Identity, now: datetime
) -> list[dict[str, Any]]:
    """Return the commands that reached the caller's own sitting after an instant, oldest first; raises NotFound.

    Those that no page has shown yet come again: one may be committed after a later instant was handed out.
    """
    sitting = finding.own(db, sitting_id, by=by)
    query = (
        select(Command)
        .join(CommandReceipt, CommandReceipt.command_id == Command.id)
        .where(CommandReceipt.sitting_id == sitting_id)
        .order_by(Command.at, Command.id)
    )
    if after is not None:
        query = query.where(or_(Command.at > after, CommandReceipt.shown_at.is_(None)))
    commands = list(db.scalars(query))
    outages = _outages(db, [command.id for command in commands if command.kind == CommandKind.CREDIT])
    return [telling.as_shown(command, sitting, now, outages.get(command.id)) for command in commands]


def _outages(db: Session, credit_ids: Sequence[UUID]) -> dict[UUID, Outage]:
    query = select(TimeCredit.id, Outage).join(TimeCredit.outage).where(TimeCredit.id.in_(credit_ids))
    return {row[0]: row[1] for row in db.execute(query)} if credit_ids else {}


def shown(db: Session, sitting_id: UUID, command_id: UUID, *, by: Identity, now: datetime) -> None:
    """Note that the caller's page has shown the command; a repeat changes nothing. Raises NotFound."""
    sitting = finding.own(db, sitting_id, by=by)
    receipt = db.get(CommandReceipt, (command_id, sitting_id))
    if receipt is None:
        raise NotFound(thing="command")
    if receipt.shown_at is None:
        receipt.shown_at = now
        exam_session_id = sitting.enrolment.exam_session_id
        after_commit(db, lambda: live.sitting_changed(exam_session_id, sitting_id))


def described(db: Session, command: Command) -> dict[str, Any]:
    """Return the command with how far it has come, and how many pages have shown it."""
    seen = db.scalar(select(func.count(CommandReceipt.shown_at)).filter_by(command_id=command.id))
    names = ("id", "kind", "sitting_id", "session_room_id", "text", "seconds", "at")
    numbers = {**asdict(reaching.of(db, command)), "waiting": reaching.waiting(db, command.id), "shown": seen}
    return {**{name: getattr(command, name) for name in names}, **numbers}
