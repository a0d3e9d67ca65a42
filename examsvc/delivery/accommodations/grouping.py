"""Groups of candidates who are given the same."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery.accommodations import following, weighing
from examsvc.delivery.errors import GroupNameTaken
from examsvc.delivery.models import (
    Accommodation,
    AccommodationGroup,
    AccommodationGroupMember,
    Enrolment,
    ExamSession,
)


def add_group(db: Session, exam_session: ExamSession, name: str, *, by: Identity, now: datetime) -> AccommodationGroup:
    """Add an empty group to a locked exam session and return it; raises GroupNameTaken."""
    group = AccommodationGroup(exam_session_id=exam_session.id, name=name)
    db.add(group)
    try:
        db.flush()
    except IntegrityError as error:
        raise GroupNameTaken from error
    audit.append(db, exam_session.audit_stream, "accommodation_group.added", by=by, now=now, group=group.id, name=name)
    return group


def set_members(
    db: Session,
    exam_session: ExamSession,
    group_id: UUID,
    enrolment_ids: Sequence[UUID],
    *,
    by: Identity,
    now: datetime,
) -> AccommodationGroup:
    """Make exactly these the group's members and return it.

    Raises NotFound also for people of other sessions, TimeRunsAlready.
    """
    group = group_in(db, exam_session.id, group_id)
    wanted, present = set(enrolment_ids), set(members(db, group_id))
    _check_enrolled(db, exam_session.id, wanted)
    gone = delete(AccommodationGroupMember).filter_by(group_id=group_id)
    db.execute(gone.where(AccommodationGroupMember.enrolment_id.in_(present - wanted)))
    db.add_all(
        AccommodationGroupMember(group_id=group_id, enrolment_id=enrolment_id)
        for enrolment_id in sorted(wanted - present)
    )
    db.flush()
    db.expire(group)
    told = {"added": sorted(map(str, wanted - present)), "removed": sorted(map(str, present - wanted))}
    _follow(db, exam_session, "accommodation_group.members_set", group_id, wanted ^ present, told, by, now)
    return group


def remove_group(db: Session, exam_session: ExamSession, group_id: UUID, *, by: Identity, now: datetime) -> None:
    """Remove the group with what was decided for it; raises NotFound, TimeRunsAlready."""
    group = group_in(db, exam_session.id, group_id)
    left = members(db, group_id)
    db.execute(delete(Accommodation).filter_by(group_id=group_id))
    db.delete(group)
    db.flush()
    _follow(db, exam_session, "accommodation_group.removed", group_id, left, {}, by, now)


def group_in(db: Session, exam_session_id: UUID, group_id: UUID) -> AccommodationGroup:
    """Return the group if it belongs to the exam session; raises NotFound."""
    group = db.get(AccommodationGroup, group_id)
    if group is None or group.exam_session_id != exam_session_id:
        raise NotFound(thing="group")
    return group


def members(db: Session, group_id: UUID) -> list[UUID]:
    """Return the enrolments in the group."""
    return list(db.scalars(select(AccommodationGroupMember.enrolment_id).filter_by(group_id=group_id)))


def _follow(
    db: Session,
    exam_session: ExamSession,
    event: str,
    group_id: UUID,
    changed: Collection[UUID],
    told: Mapping[str, Any],
    by: Identity,
    now: datetime,
) -> None:
    """Put on record what became of a group, and have those whom it changes follow."""
    if kept := weighing.kept(db, exam_session, changed, now):
        told = {**told, "kept": kept}
    audit.append(db, exam_session.audit_stream, event, by=by, now=now, group=group_id, **told)
    following.follow(db, exam_session, changed, by=by, now=now)


def _check_enrolled(db: Session, exam_session_id: UUID, wanted: set[UUID]) -> None:
    query = select(Enrolment.id).where(Enrolment.exam_session_id == exam_session_id, Enrolment.id.in_(wanted))
    if set(db.scalars(query)) != wanted:
        raise NotFound(thing="enrolment")
