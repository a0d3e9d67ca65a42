"""Writes down with each sitting what its candidate is given, whenever a decision changes it."""

from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.identity import Identity
from examsvc.delivery import clocks, finding, signals
from examsvc.delivery.accommodations.resolving import NOTHING_SAID, Given, Grant, resolve
from examsvc.delivery.models import Accommodation, AccommodationGroupMember, Enrolment, ExamSession, Sitting
from examsvc.delivery.states import ExamSessionState


def settle(
    db: Session,
    exam_session: ExamSession,
    enrolment_ids: Iterable[UUID] | None,
    *,
    reason: str = "",
    by: Identity,
    now: datetime,
) -> int:
    """Resolve for the enrolments, or for all, tell those whose clock or paper changes, and return how many changed.

    Sittings that are over stay as they were: what was given is part of their evidence. `reason` is told to them.
    """
    decided = _decided(db, exam_session.id)
    memberships = _memberships(db, exam_session.id)
    changed = 0
    with audit.together(db):
        for sitting_id, enrolment_id in _meant(db, exam_session.id, enrolment_ids):
            groups = [decided[group_id] for group_id in memberships.get(enrolment_id, ()) if group_id in decided]
            own = decided.get(enrolment_id, NOTHING_SAID)
            given = resolve(decided.get(exam_session.id, NOTHING_SAID), groups, own, minutes=exam_session.minutes)
            changed += _give(db, finding.locked(db, sitting_id), given, reason, by, now)
    return changed


def settle_new(db: Session, enrolment: Enrolment, own: Grant) -> None:
    """Resolve for a sitting that was just made, whom nobody can be waiting for."""
    session = of_all(db, enrolment.exam_session_id)
    _write(enrolment.sitting, resolve(session, [], own, minutes=enrolment.exam_session.minutes))


def of_all(db: Session, exam_session_id: UUID) -> Grant:
    """Return what was decided for everybody in the exam session."""
    query = select(Accommodation).filter_by(exam_session_id=exam_session_id, group_id=None, enrolment_id=None)
    row = db.scalars(query).one_or_none()
    return grant_of(row) if row else NOTHING_SAID


def grant_of(row: Accommodation) -> Grant:
    """Return what the decision says."""
    return Grant(**{field.name: getattr(row, field.name) for field in fields(Grant)})


def _decided(db: Session, exam_session_id: UUID) -> dict[UUID, Grant]:
    """Return every decision by the enrolment, the group or the exam session it is for."""
    rows = db.scalars(select(Accommodation).filter_by(exam_session_id=exam_session_id))
    return {row.enrolment_id or row.group_id or exam_session_id: grant_of(row) for row in rows}


def _memberships(db: Session, exam_session_id: UUID) -> dict[UUID, list[UUID]]:
    member = AccommodationGroupMember
    query = select(member.enrolment_id, member.group_id).join(Enrolment, Enrolment.id == member.enrolment_id)
    found: dict[UUID, list[UUID]] = {}
    for enrolment_id, group_id in db.execute(query.where(Enrolment.exam_session_id == exam_session_id)):
        found.setdefault(enrolment_id, []).append(group_id)
    return found


def _meant(db: Session, exam_session_id: UUID, enrolment_ids: Iterable[UUID] | None) -> Sequence[tuple[UUID, UUID]]:
    query = select(Sitting.id, Sitting.enrolment_id).join(Sitting.enrolment).order_by(Sitting.id)
    query = query.where(Enrolment.exam_session_id == exam_session_id)
    if enrolment_ids is not None:
        query = query.where(Enrolment.id.in_(list(enrolment_ids)))
    return [(sitting_id, enrolment_id) for sitting_id, enrolment_id in db.execute(query)]


def _give(db: Session, sitting: Sitting, given: Given, reason: str, by: Identity, now: datetime) -> bool:
    before = Given(**{field.name: getattr(sitting, field.name) for field in fields(Given)})
    if sitting.state.is_over or before == given:
        return False
    _write(sitting, given)
    clocks.reset_clock(sitting, now)
    db.flush()
    if sitting.enrolment.exam_session.state == ExamSessionState.PUBLISHED:
        changed = _changed(before, given)
        audit.append(db, sitting.audit_stream, "sitting.accommodated", by=by, now=now, reason=reason, **changed)
        signals.sitting_clock_changed.send(sitting, db=db, now=now)
        signals.accommodation_changed.send(sitting, db=db, now=now, by=by)
    return True


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
