"""Telling a candidate's page of a command: pushed after the commit, and kept until the page says that it was shown."""

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from examsvc.core.db import after_commit
from examsvc.delivery import clocks
from examsvc.delivery.ledger.models import Outage
from examsvc.delivery.models import Sitting
from proctoring import live
from proctoring.models import Command, CommandReceipt


def tell(db: Session, command: Command, sitting: Sitting, now: datetime, outage: Outage | None = None) -> None:
    """Have the sitting's page show the command, and say so; `outage` is what a credit stands for."""
    db.add(CommandReceipt(command_id=command.id, sitting_id=sitting.id))
    db.flush()
    shown = as_shown(command, sitting, now, outage)
    after_commit(db, partial(live.command_given, command.exam_session_id, sitting.id, shown))


def as_shown(command: Command, sitting: Sitting, now: datetime, outage: Outage | None = None) -> dict[str, Any]:
    """Return the command as the candidate's page receives it, with how the sitting stands and what it is given now."""
    timing = clocks.timing_of(sitting, now)
    return {
        "id": command.id,
        "kind": command.kind,
        "text": command.text,
        "seconds": command.seconds,
        "at": command.at,
        "outage": outage,
        "state": sitting.state,
        "phase": timing.phase,
        "starts_at": sitting.enrolment.exam_session.starts_at,
        "closes_at": timing.closes_at,
        "extra_seconds": sitting.more_seconds,
        "break_seconds_left": int(timing.break_left.total_seconds()),
        "display": {"text_size": sitting.text_size, "high_contrast": sitting.high_contrast},
        "server_now": now,
    }
