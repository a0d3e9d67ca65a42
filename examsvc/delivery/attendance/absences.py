"""Confirming who is absent 缺考 in a room, once entry is closed. What absence is says `timing`, here as in the sweep.

Absent papers are marked by the proctor (domain.md 2.3): the clock alone would mark the same people, later.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get_locked
from examsvc.core.identity import Identity
from examsvc.delivery import clocks, finding, finishing, instants
from examsvc.delivery.errors import AbsenceTooEarly, NotAbsent
from examsvc.delivery.instants import Course
from examsvc.delivery.models import Enrolment, ExamSession, SessionRoom, Sitting
from examsvc.delivery.rooms import using
from examsvc.delivery.states import SittingState
from examsvc.delivery.timing import Phase


def may_be_marked(sitting: Sitting, now: datetime) -> bool:
    """Return whether nobody came to the sitting while entry was open: not checked in, not confirmed, not opened."""
    if sitting.state != SittingState.EXPECTED or sitting.entered_at is not None or clocks.has_arrived(sitting):
        return False
    timing = clocks.timing_of(sitting, now)
    return timing.phase == Phase.TOO_LATE or timing.due_at is not None


def entry_closes_at(exam_session: ExamSession) -> datetime:
    """Return until when somebody may come whom nobody granted more time."""
    return instants.entry_closes_at(clocks.window_of(exam_session), Course())


def confirm(
    db: Session,
    exam_session_id: UUID,
    session_room_id: UUID,
    sitting_ids: Collection[UUID],
    *,
    by: Identity,
    now: datetime,
) -> SessionRoom:
    """Mark exactly these of the room's sittings absent, and return the room; who is absent already stays so.

    Who of them was turned away at the door is recorded as such. Nobody is marked when one of them may not be. Raises
    NotFound, AbsenceTooEarly, NotAbsent.
    """
    use = using.session_room_in(db, exam_session_id, session_room_id)
    closes_at = entry_closes_at(use.exam_session)
    if now <= closes_at:
        raise AbsenceTooEarly(entry_closes_at=closes_at.isoformat())
    meant = _meant(db, use, sitting_ids)
    came = [one.enrolment.candidate.name for one in meant if not _is_absent(one, now)]
    if came:
        raise NotAbsent(names="、".join(came))
    for sitting in meant:
        _mark(db, sitting, by=by, now=now)
    get_locked(db, SessionRoom, use.id)
    use.absence_confirmed_at, use.absence_confirmed_by_id = now, by.account_id
    turned_away = sorted(str(one.enrolment_id) for one in meant if one.turned_away_at)
    absent = sorted(str(one.enrolment_id) for one in meant)
    detail = {"room": use.id, "absent": absent, "turned_away": turned_away}
    audit.append(db, use.exam_session.audit_stream, "room.absence_confirmed", by=by, now=now, **detail)
    return use


def _meant(db: Session, use: SessionRoom, sitting_ids: Collection[UUID]) -> Sequence[Sitting]:
    query = select(Sitting.id).join(Sitting.enrolment).where(Enrolment.session_room_id == use.id)
    return finding.all_locked(db, db.scalars(query.where(Sitting.id.in_(sitting_ids))).all())


def _is_absent(sitting: Sitting, now: datetime) -> bool:
    return sitting.state == SittingState.ABSENT or may_be_marked(sitting, now)


def _mark(db: Session, sitting: Sitting, *, by: Identity, now: datetime) -> None:
    finishing.settle_locked(db, sitting, now=now)  # what fell due by the clock is stamped with when it did
    if sitting.state == SittingState.EXPECTED:
        finishing.mark_absent(db, sitting, at=now, by=by, now=now)
