"""What the decisions mean for each sitting, before anything is written down with it. Nothing is locked here.

Whose time runs keeps it: who was told an end is not ended before it.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import Session

from examsvc.delivery.accommodations.resolving import NOTHING_SAID, Given, Grant, not_less, resolve
from examsvc.delivery.errors import TimeRunsAlready
from examsvc.delivery.models import Accommodation, AccommodationGroupMember, Enrolment, ExamSession, Sitting
from examsvc.delivery.states import UNFINISHED, ClockRule, ExamSessionState, SittingState

_GIVEN = tuple(field.name for field in fields(Given))


@dataclass(frozen=True)
class Change:
    """What a sitting has, what was decided for it, and whether its time runs already."""

    sitting_id: UUID
    before: Given
    decided: Given
    runs: bool

    @property
    def given(self) -> Given:
        """Return what the sitting is given."""
        return not_less(self.decided, self.before) if self.runs else self.decided

    @property
    def keeps_time(self) -> bool:
        """Whether it keeps time that the decisions would take."""
        return self.given != self.decided


def changes(
    db: Session,
    exam_session: ExamSession,
    enrolment_ids: Iterable[UUID] | None,
    now: datetime,
    *,
    states: Collection[SittingState] = UNFINISHED,
) -> list[Change]:
    """Return what the decisions mean for the sittings of these enrolments, or of all, that are in one of the states."""
    decided = _decided(db, exam_session.id)
    about = None if enrolment_ids is None else list(enrolment_ids)
    memberships = _memberships(db, exam_session.id, about)
    for_all = decided.get(exam_session.id, NOTHING_SAID)

    def change(row: Row[Any]) -> Change:
        groups = [decided[group_id] for group_id in memberships.get(row.enrolment_id, ()) if group_id in decided]
        own = decided.get(row.enrolment_id, NOTHING_SAID)
        before = Given(**{name: getattr(row, name) for name in _GIVEN})
        meant = resolve(for_all, groups, own, minutes=exam_session.minutes)
        return Change(row.id, before, meant, _runs(exam_session, row.opened_at, now))

    columns = select(Sitting.id, Sitting.enrolment_id, Sitting.opened_at, *(getattr(Sitting, name) for name in _GIVEN))
    found = columns.join(Sitting.enrolment).where(Sitting.state.in_(states)).order_by(Sitting.id)
    return [change(row) for row in db.execute(found.where(*_among(exam_session.id, about)))]


def kept(db: Session, exam_session: ExamSession, enrolment_ids: Iterable[UUID] | None, now: datetime) -> int:
    """Return how many keep their time although what was decided is less.

    Raises TimeRunsAlready when what was decided reaches nobody else.
    """
    weighed = changes(db, exam_session, enrolment_ids, now)
    count = sum(one.keeps_time for one in weighed)
    if count and not any(one.given != one.before for one in weighed if not one.keeps_time):
        raise TimeRunsAlready(count=count)
    return count


def grant_of(row: Accommodation) -> Grant:
    """Return what the decision says."""
    return Grant(**{field.name: getattr(row, field.name) for field in fields(Grant)})


def _runs(exam_session: ExamSession, opened_at: datetime | None, now: datetime) -> bool:
    """Return whether a sitting's time runs: a common clock from the start for all, a personal one once it was opened.

    When the start was moved behind the opening nothing runs yet.
    """
    if exam_session.state != ExamSessionState.PUBLISHED or now < exam_session.starts_at:
        return False
    return exam_session.clock_rule == ClockRule.COMMON or opened_at is not None


def _decided(db: Session, exam_session_id: UUID) -> dict[UUID, Grant]:
    """Return every decision by the enrolment, the group or the exam session it is for."""
    rows = db.scalars(select(Accommodation).filter_by(exam_session_id=exam_session_id))
    return {row.enrolment_id or row.group_id or exam_session_id: grant_of(row) for row in rows}


def _memberships(db: Session, exam_session_id: UUID, about: Collection[UUID] | None) -> dict[UUID, list[UUID]]:
    member = AccommodationGroupMember
    query = select(member.enrolment_id, member.group_id).join(Enrolment, Enrolment.id == member.enrolment_id)
    found: dict[UUID, list[UUID]] = {}
    for enrolment_id, group_id in db.execute(query.where(*_among(exam_session_id, about))):
        found.setdefault(enrolment_id, []).append(group_id)
    return found


def _among(exam_session_id: UUID, about: Collection[UUID] | None) -> list[ColumnElement[bool]]:
    of_session = Enrolment.exam_session_id == exam_session_id
    return [of_session] if about is None else [of_session, Enrolment.id.in_(about)]
