"""Who may see what: proctors the exam sessions they are assigned to, and nothing else exists for them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, defer, joinedload

from examsvc.accounts import service as accounts
from examsvc.accounts.models import Account
from examsvc.accounts.roles import Role
from examsvc.core import audit
from examsvc.core.db import get, get_locked
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery.models import Enrolment, ExamSession, ProctorAssignment, Sitting
from examsvc.delivery.rooms import using
from examsvc.delivery.staffing import lawfulness
from examsvc.delivery.states import ExamSessionState
from proctoring.errors import NotAChief, NotAProctor


def assign(
    db: Session,
    exam_session_id: UUID,
    account_ids: list[UUID],
    *,
    chief_ids: Collection[UUID] | None = None,
    rooms: Mapping[UUID, UUID | None] | None = None,
    by: Identity,
    now: datetime,
) -> list[ProctorAssignment]:
    """Make exactly these people the exam session's proctors and return them.

    `chief_ids` are chiefs among them. Where nobody is named, who was a chief stays one; without any the first is.
    `rooms` says by account in which room of the session somebody serves; who is not in it stays where they were.
    What a published exam session lacks then stands on the audit log. Raises NotFound, NotAProctor, and what
    `lawfulness.check_conflicts` raises.
    """
    exam_session = get_locked(db, ExamSession, exam_session_id)
    wanted = set(account_ids)
    if not wanted <= {account.id for account in accounts.holders(db, Role.PROCTOR)}:
        raise NotAProctor
    before = _posts(db, exam_session_id)
    known = lawfulness.conflicts(db, exam_session)
    _replace(db, exam_session_id, wanted)
    named = _chiefs(account_ids, _chiefs_of(before) if chief_ids is None else set(chief_ids))
    for row in _assignments(db, exam_session_id):
        row.is_chief = row.account_id in named
    _place(db, exam_session_id, rooms or {})
    after = _posts(db, exam_session_id)
    lawfulness.check_conflicts(db, exam_session, known=known)
    if before != after:
        people = {"accounts": sorted(map(str, wanted)), "chiefs": sorted(map(str, named)), "rooms": _told(after)}
        detail = {**people, "missing": lawfulness.missing(db, exam_session)}
        audit.append(db, exam_session.audit_stream, "proctors.assigned", by=by, now=now, **detail)
    return proctors(db, exam_session_id)


def _replace(db: Session, exam_session_id: UUID, wanted: set[UUID]) -> None:
    present = {row.account_id: row for row in _assignments(db, exam_session_id)}
    for account_id in present.keys() - wanted:
        db.delete(present[account_id])
    db.add_all(
        ProctorAssignment(exam_session_id=exam_session_id, account_id=account_id)
        for account_id in sorted(wanted - present.keys())
    )
    db.flush()


def _posts(db: Session, exam_session_id: UUID) -> dict[UUID, tuple[UUID | None, bool]]:
    return {row.account_id: (row.session_room_id, row.is_chief) for row in _assignments(db, exam_session_id)}


def _chiefs_of(posts: Mapping[UUID, tuple[UUID | None, bool]]) -> set[UUID]:
    return {account_id for account_id, (_, is_chief) in posts.items() if is_chief}


def _told(posts: Mapping[UUID, tuple[UUID | None, bool]]) -> dict[str, str]:
    return {str(account_id): str(room_id) for account_id, (room_id, _) in sorted(posts.items()) if room_id}


def _place(db: Session, exam_session_id: UUID, rooms: Mapping[UUID, UUID | None]) -> None:
    own = {room.id for room in using.rooms_of(db, exam_session_id)}
    if not {room_id for room_id in rooms.values() if room_id} <= own:
        raise NotFound(thing="room")
    for row in _assignments(db, exam_session_id):
        row.session_room_id = rooms.get(row.account_id, row.session_room_id)
    db.flush()


def _chiefs(account_ids: Sequence[UUID], wished: set[UUID]) -> set[UUID]:
    return wished & set(account_ids) or set(account_ids[:1])


def proctors(db: Session, exam_session_id: UUID) -> list[ProctorAssignment]:
    """Return the exam session's proctors by name; raises NotFound."""
    get(db, ExamSession, exam_session_id)
    query = (
        select(ProctorAssignment)
        .join(ProctorAssignment.account)
        .where(ProctorAssignment.exam_session_id == exam_session_id)
        .options(contains_eager(ProctorAssignment.account))
        .order_by(Account.display_name, Account.id)
    )
    return list(db.scalars(query))


def watched_sessions(db: Session, *, by: Identity) -> list[ExamSession]:
    """Return the exam sessions the caller watches, the next ones first; drafts are not shown."""
    query = (
        select(ExamSession)
        .join(ProctorAssignment, ProctorAssignment.exam_session_id == ExamSession.id)
        .where(ProctorAssignment.account_id == by.account_id, ExamSession.state != ExamSessionState.DRAFT)
        .order_by(ExamSession.starts_at.desc(), ExamSession.id)
    )
    return list(db.scalars(query))


def watched_session(db: Session, exam_session_id: UUID, *, by: Identity) -> ExamSession:
    """Return an exam session the caller watches; raises NotFound for any other, which looks the same as none."""
    exam_session = db.get(ExamSession, exam_session_id)
    if exam_session is None or exam_session.state == ExamSessionState.DRAFT or not watches(db, exam_session_id, by=by):
        raise NotFound(thing="exam session")
    return exam_session


def is_chief(db: Session, exam_session_id: UUID, *, by: Identity) -> bool:
    """Return whether the caller is a chief proctor of the exam session."""
    own = assignment(db, exam_session_id, by=by)
    return own is not None and own.is_chief


def check_chief(db: Session, exam_session_id: UUID, *, by: Identity) -> None:
    """Raise NotAChief for a proctor who is none, and NotFound for whoever does not watch the exam session."""
    watched_session(db, exam_session_id, by=by)
    if not is_chief(db, exam_session_id, by=by):
        raise NotAChief


def assignment(db: Session, exam_session_id: UUID, *, by: Identity) -> ProctorAssignment | None:
    """Return the caller's assignment to the exam session, or None."""
    return db.get(ProctorAssignment, (exam_session_id, by.account_id)) if by.account_id else None


def watched_sitting(db: Session, sitting_id: UUID, *, by: Identity) -> Sitting:
    """Return a sitting of an exam session the caller watches; raises NotFound."""
    enrolment = joinedload(Sitting.enrolment, innerjoin=True)
    query = (
        select(Sitting)
        .where(Sitting.id == sitting_id)
        .options(
            defer(Sitting.arrangement),
            enrolment.joinedload(Enrolment.exam_session, innerjoin=True),
            enrolment.joinedload(Enrolment.candidate, innerjoin=True),
        )
    )
    sitting = db.scalars(query).one_or_none()
    if sitting is None or not watches(db, sitting.enrolment.exam_session_id, by=by):
        raise NotFound(thing="sitting")
    return sitting


def sittings_of(db: Session, exam_session_id: UUID, sitting_ids: Sequence[UUID], *, by: Identity) -> list[UUID]:
    """Return those of the sittings that belong to the watched exam session; raises NotFound."""
    watched_session(db, exam_session_id, by=by)
    query = select(Sitting.id).join(Enrolment).where(Enrolment.exam_session_id == exam_session_id)
    return list(db.scalars(query.where(Sitting.id.in_(sitting_ids))))


def watches(db: Session, exam_session_id: UUID, *, by: Identity) -> bool:
    """Return whether the caller is assigned to the exam session."""
    return assignment(db, exam_session_id, by=by) is not None


def _assignments(db: Session, exam_session_id: UUID) -> list[ProctorAssignment]:
    return list(db.scalars(select(ProctorAssignment).filter_by(exam_session_id=exam_session_id)))
