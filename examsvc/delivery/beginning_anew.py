"""A start that was moved to another day: everybody comes again, and whoever comes then begins anew.

What the door and the machines said of the first day stays in the logs; Safe Exam Browser was waived for the machine of
that day. Whoever could read the paper keeps it, in its order, with what they answered; but it says nothing of whether
they come this time.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from examsvc.core import audit, states
from examsvc.core.clock import shanghai_date
from examsvc.core.identity import Identity
from examsvc.delivery import keeping_out
from examsvc.delivery.attendance.states import DoorEvent
from examsvc.delivery.models import DoorRecord, SessionRoom, Sitting
from examsvc.delivery.states import SittingState

VOIDED: Final = "sitting.arrival_voided"
DOOR: Final = ("checked_in_at", "turned_away_at")
MARKS: Final = (*DOOR, "identity_confirmed_at", "safe_browser_waived_at", "key_released_at", "opened_at")


def is_another_day(before: datetime, after: datetime) -> bool:
    """Return whether the two are on different days in Shanghai."""
    return shanghai_date(before) != shanghai_date(after)


def begin_anew(
    db: Session, exam_session_id: UUID, sittings: Iterable[Sitting], *, reason: str, by: Identity, now: datetime
) -> None:
    """Expect everybody of an exam session anew whose locked sittings these are; none of them is over.

    Who is paused is kept out until the pause is over.
    """
    with audit.together(db):
        for sitting in sittings:
            _begin_anew(db, sitting, reason, by, now)
    unconfirmed = {"absence_confirmed_at": None, "absence_confirmed_by_id": None}
    db.execute(update(SessionRoom).where(SessionRoom.exam_session_id == exam_session_id).values(unconfirmed))


def _begin_anew(db: Session, sitting: Sitting, reason: str, by: Identity, now: datetime) -> None:
    marks = {name: at for name in MARKS if (at := getattr(sitting, name)) is not None}
    if not marks:
        return
    if any(name in marks for name in DOOR):
        of = {"sitting_id": sitting.id, "by_account_id": by.account_id, "at": now}
        db.add(DoorRecord(event=DoorEvent.UNDONE, note=reason, **of))
    sitting.seen_before_at = sitting.seen_before_at or sitting.opened_at or sitting.key_released_at
    is_paused = sitting.paused_at is not None
    for name in MARKS:
        setattr(sitting, name, None)
    sitting.paused_at = sitting.closes_at = sitting.system_check = sitting.reader_login_id = None
    audit.append(db, sitting.audit_stream, VOIDED, by=by, now=now, reason=reason, **marks)
    if sitting.state != SittingState.EXPECTED:
        states.move(db, sitting, SittingState.EXPECTED, by=by, now=now, reason=reason)
    if is_paused:
        keeping_out.keep_out(db, sitting, reason=reason, by=by, now=now)
