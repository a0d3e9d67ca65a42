"""Deciding accommodations: each decision names its basis and its document, replaces the one before, and is audited.

No diagnosis is asked for or kept (domain.md 2.15: necessity; health is sensitive personal information).
"""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get, get_locked
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery.accommodations import following, grouping, holding, settling, weighing
from examsvc.delivery.accommodations.resolving import Grant
from examsvc.delivery.errors import AccommodationEmpty
from examsvc.delivery.models import Accommodation, Enrolment, ExamSession


@dataclass(frozen=True)
class Scope:
    """Whom a decision is for: a group, an enrolment, or with neither the whole exam session."""

    group_id: UUID | None = None
    enrolment_id: UUID | None = None


@dataclass(frozen=True)
class Basis:
    """What a decision rests on, and where it is filed."""

    basis: str
    document: str


def decide(
    db: Session, exam_session_id: UUID, scope: Scope, grant: Grant, on: Basis, *, by: Identity, now: datetime
) -> Accommodation:
    """Decide what the scope is given instead of what was decided before; return the decision.

    Raises NotFound, AccommodationEmpty, EnrolmentClosed once the exam session is over, TimeRunsAlready when all that is
    left of it would be less time for who has begun.
    """
    exam_session = _held(db, exam_session_id, scope)
    _check_belongs(db, exam_session_id, scope)
    if grant.says_nothing:
        raise AccommodationEmpty
    row = _standing(db, exam_session_id, scope) or Accommodation(exam_session_id=exam_session_id, **asdict(scope))
    for name, value in {**asdict(grant), **asdict(on)}.items():
        setattr(row, name, value)
    row.decided_by_id, row.decided_at = by.account_id, now
    db.add(row)
    db.flush()
    said = {**asdict(grant), **asdict(on)}
    _carry_out(db, exam_session, "accommodation.decided", row, _reached(db, scope), said, by, now)
    return row


def withdraw(
    db: Session, exam_session_id: UUID, accommodation_id: UUID, *, reason: str, by: Identity, now: datetime
) -> None:
    """Take a decision back; what is given then follows from the others.

    Raises NotFound, EnrolmentClosed, TimeRunsAlready.
    """
    scope = _scope_of(get(db, Accommodation, accommodation_id))
    exam_session = _held(db, exam_session_id, scope)
    row = get_locked(db, Accommodation, accommodation_id)
    if row.exam_session_id != exam_session_id:
        raise NotFound(thing="accommodation")
    reached = _reached(db, scope)
    db.delete(row)
    db.flush()
    _carry_out(db, exam_session, "accommodation.withdrawn", row, reached, {"reason": reason}, by, now)


def on_enrolling(db: Session, enrolment: Enrolment, *, extra_minutes: int, by: Identity, now: datetime) -> None:
    """Give a new enrolment what the list said it gets, and what everybody in the exam session gets."""
    said = Grant(extra_minutes=extra_minutes or None)
    if not said.says_nothing:
        row = Accommodation(exam_session_id=enrolment.exam_session_id, enrolment_id=enrolment.id, **asdict(said))
        row.basis, row.document, row.decided_by_id, row.decided_at = FROM_LIST, "", by.account_id, now
        db.add(row)
    settling.settle_new(db, enrolment, said)
    db.flush()


FROM_LIST = "报名名单"


def _check_belongs(db: Session, exam_session_id: UUID, scope: Scope) -> None:
    if scope.group_id is not None:
        grouping.group_in(db, exam_session_id, scope.group_id)
    if scope.enrolment_id is not None:
        enrolment = db.get(Enrolment, scope.enrolment_id)
        if enrolment is None or enrolment.exam_session_id != exam_session_id:
            raise NotFound(thing="enrolment")


def _standing(db: Session, exam_session_id: UUID, scope: Scope) -> Accommodation | None:
    return db.scalars(select(Accommodation).filter_by(exam_session_id=exam_session_id, **asdict(scope))).one_or_none()


def _reached(db: Session, scope: Scope) -> list[UUID] | None:
    """Return the enrolments that a decision is about, or None for all."""
    if scope.enrolment_id is not None:
        return [scope.enrolment_id]
    return grouping.members(db, scope.group_id) if scope.group_id is not None else None


def _scope_of(row: Accommodation) -> Scope:
    return Scope(row.group_id, row.enrolment_id)


def _held(db: Session, exam_session_id: UUID, scope: Scope) -> ExamSession:
    if scope.enrolment_id is not None:
        return holding.for_one(db, exam_session_id, scope.enrolment_id)
    return holding.for_many(db, exam_session_id, _reached(db, scope))


def _carry_out(
    db: Session,
    exam_session: ExamSession,
    event: str,
    row: Accommodation,
    reached: Collection[UUID] | None,
    said: Mapping[str, Any],
    by: Identity,
    now: datetime,
) -> None:
    """Put on record what became of a decision, and have those follow whom it is about: one now, many in portions."""
    kept = weighing.kept(db, exam_session, reached, now)
    scope = {"group": row.group_id, "enrolment": row.enrolment_id}
    told = {name: value for name, value in {**said, "kept": kept or None}.items() if value is not None}
    audit.append(db, exam_session.audit_stream, event, by=by, now=now, accommodation=row.id, **scope, **told)
    settle = following.follow if row.enrolment_id is None else settling.settle
    settle(db, exam_session, reached, reason=said.get("reason", ""), by=by, now=now)
