"""Writes down with each sitting what its candidate is given, whenever a decision changes it."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.identity import Identity
from examsvc.delivery import clocks, finding, signals
from examsvc.delivery.accommodations import weighing
from examsvc.delivery.accommodations.resolving import NOTHING_SAID, Given, Grant, resolve
from examsvc.delivery.accommodations.weighing import Change
from examsvc.delivery.models import Accommodation, Enrolment, ExamSession, Sitting
from examsvc.delivery.states import ExamSessionState


def settle(
    db: Session,
    exam_session: ExamSession,
    enrolment_ids: Collection[UUID] | None,
    *,
    reason: str = "",
    by: Identity,
    now: datetime,
) -> None:
    """Give the sittings of these enrolments, or of all, what was decided, and tell those whose clock or paper changes.

    Sittings that are over stay as they were: what was given is part of their evidence. `reason` is told to the others.
    """
    sittings = {each.id: each for each in finding.held_of(db, exam_session.id, enrolment_ids)}
    with audit.together(db):
        for change in weighing.changes(db, exam_session, enrolment_ids, now):
            if change.given != change.before:
                _give(db, sittings[change.sitting_id], change, reason, by, now)


def settle_new(db: Session, enrolment: Enrolment, own: Grant) -> None:
    """Resolve for a sitting that was just made, whom nobody can be waiting for."""
    session = of_all(db, enrolment.exam_session_id)
    _write(enrolment.sitting, resolve(session, [], own, minutes=enrolment.exam_session.minutes))


def of_all(db: Session, exam_session_id: UUID) -> Grant:
    """Return what was decided for everybody in the exam session."""
    query = select(Accommodation).filter_by(exam_session_id=exam_session_id, group_id=None, enrolment_id=None)
    row = db.scalars(query).one_or_none()
    return weighing.grant_of(row) if row else NOTHING_SAID


def _give(db: Session, sitting: Sitting, change: Change, reason: str, by: Identity, now: datetime) -> None:
    _write(sitting, change.given)
    clocks.reset_clock(sitting, now)
    db.flush()
    if sitting.enrolment.exam_session.state == ExamSessionState.PUBLISHED:
        changed = _changed(change.before, change.given)
        audit.append(db, sitting.audit_stream, "sitting.accommodated", by=by, now=now, reason=reason, **changed)
        signals.sitting_clock_changed.send(sitting, db=db, now=now)
        signals.accommodation_changed.send(sitting, db=db, now=now, by=by)


def _changed(before: Given, after: Given) -> dict[str, int | bool]:
    """Return what the candidate is told of the change: never what it rests on, which stays with the decision."""
    return {
        "seconds": after.accommodation_seconds - before.accommodation_seconds,
        "break_seconds": after.break_allowance_seconds - before.break_allowance_seconds,
        "display": (after.text_size, after.high_contrast) != (before.text_size, before.high_contrast),
    }


def _write(sitting: Sitting, given: Given) -> None:
    for name, value in vars(given).items():
        setattr(sitting, name, value)
