"""What the rule of staffing looks at, read for one exam session."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from examsvc.accounts.models import Account
from examsvc.delivery.models import (
    Candidate,
    DeclaredRelation,
    Enrolment,
    ExaminerAssignment,
    ExamSession,
    InnerSupervisorAssignment,
    ProctorAssignment,
    SessionRoom,
)
from examsvc.delivery.rooms import using
from examsvc.delivery.staffing.duties import Duty, Relationship
from examsvc.delivery.staffing.rules import Engagement, Post, RoomNeed, Staffing, Tie
from examsvc.delivery.states import ExamSessionState


def staffing_of(db: Session, exam_session: ExamSession) -> Staffing:
    """Return who serves where in the exam session as it is stored, by room, duty and name."""
    posts = posts_of(db, exam_session.id)
    people = {post.account_id for post in posts}
    return Staffing(
        rooms=_rooms(db, exam_session.id),
        posts=posts,
        ties=[*_selves(db, exam_session.id, people), *_declared(db, exam_session.id)],
        engagements=_engagements(db, exam_session, people),
    )


def posts_of(db: Session, exam_session_id: UUID) -> list[Post]:
    """Return who serves where in the exam session, by room, duty and name."""
    return [*_proctors(db, exam_session_id), *_others(db, exam_session_id)]


def is_tied(db: Session, exam_session_id: UUID, candidate: Candidate) -> bool:
    """Return whether somebody who serves in the exam session is the candidate, or declared a relation to them.

    One query: it is asked of every line of a list that is imported.
    """
    assignments = (ProctorAssignment, InnerSupervisorAssignment, ExaminerAssignment)
    of_each = (select(one.account_id).where(one.exam_session_id == exam_session_id) for one in assignments)
    serving = union_all(*of_each).subquery().c.account_id
    declared = select(DeclaredRelation.account_id).where(DeclaredRelation.candidate_id == candidate.id)
    found = select(serving).where((serving == candidate.account_id) | serving.in_(declared)).limit(1)
    return db.scalar(found) is not None


def ties_of(db: Session, candidate: Candidate) -> list[Tie]:
    """Return what anybody is to the candidate: the account that is their own, and what was declared."""
    query = select(DeclaredRelation.account_id, DeclaredRelation.kind).filter_by(candidate_id=candidate.id)
    declared = db.execute(query.order_by(DeclaredRelation.declared_at, DeclaredRelation.id))
    return [
        Tie(candidate.account_id, candidate.name, Relationship.SELF),
        *(Tie(account_id, candidate.name, kind) for account_id, kind in declared),
    ]


def _rooms(db: Session, exam_session_id: UUID) -> list[RoomNeed]:
    counted = select(Enrolment.session_room_id, func.count()).filter_by(exam_session_id=exam_session_id)
    counts = dict(db.execute(counted.group_by(Enrolment.session_room_id)).all())
    return [RoomNeed(one.number, one.name, counts.get(one.id, 0)) for one in using.rooms_of(db, exam_session_id)]


def _proctors(db: Session, exam_session_id: UUID) -> list[Post]:
    query = (
        select(Account.id, Account.display_name, SessionRoom.number)
        .join(ProctorAssignment, ProctorAssignment.account_id == Account.id)
        .outerjoin(SessionRoom, SessionRoom.id == ProctorAssignment.session_room_id)
        .where(ProctorAssignment.exam_session_id == exam_session_id)
        .order_by(SessionRoom.number, Account.display_name, Account.id)
    )
    return [Post(account_id, name, Duty.PROCTOR, room) for account_id, name, room in db.execute(query)]


def _others(db: Session, exam_session_id: UUID) -> list[Post]:
    assignments: dict[Duty, InstrumentedAttribute[Any]] = {
        Duty.INNER_SUPERVISOR: InnerSupervisorAssignment.account_id,
        Duty.EXAMINER: ExaminerAssignment.account_id,
    }
    return [
        Post(account_id, name, duty)
        for duty, column in assignments.items()
        for account_id, name in db.execute(_serving(column, exam_session_id))
    ]


def _serving(column: InstrumentedAttribute[Any], exam_session_id: UUID) -> Select[UUID, str]:
    query = select(Account.id, Account.display_name).join(column.class_, column == Account.id)
    return query.where(column.class_.exam_session_id == exam_session_id).order_by(Account.display_name, Account.id)


def _selves(db: Session, exam_session_id: UUID, people: set[UUID]) -> Sequence[Tie]:
    """Return who is enrolled with the very account that they serve with."""
    query = select(Candidate.account_id, Candidate.name).join(Enrolment, Enrolment.candidate_id == Candidate.id)
    query = query.where(Enrolment.exam_session_id == exam_session_id, Candidate.account_id.in_(people))
    return [Tie(account_id, name, Relationship.SELF) for account_id, name in db.execute(query)]


def _declared(db: Session, exam_session_id: UUID) -> Sequence[Tie]:
    query = (
        select(DeclaredRelation.account_id, Candidate.name, DeclaredRelation.kind)
        .join(DeclaredRelation.candidate)
        .join(Enrolment, Enrolment.candidate_id == Candidate.id)
        .where(Enrolment.exam_session_id == exam_session_id)
        .order_by(DeclaredRelation.declared_at, DeclaredRelation.id)
    )
    return [Tie(*row) for row in db.execute(query)]


def _engagements(db: Session, exam_session: ExamSession, people: set[UUID]) -> Sequence[Engagement]:
    """Return which published exam sessions of the same time take all of these people's: in a room, or supervising."""
    in_a_room = _engaged(ProctorAssignment, exam_session, people).where(ProctorAssignment.session_room_id.is_not(None))
    supervising = _engaged(InnerSupervisorAssignment, exam_session, people)
    return [Engagement(*row) for query in (in_a_room, supervising) for row in db.execute(query)]


def _engaged(
    assignment: type[ProctorAssignment | InnerSupervisorAssignment], exam_session: ExamSession, people: set[UUID]
) -> Select[UUID, str]:
    return (
        select(assignment.account_id, ExamSession.code)
        .join(ExamSession, ExamSession.id == assignment.exam_session_id)
        .where(assignment.account_id.in_(people), exam_session.others_at_its_time())
        .where(ExamSession.state == ExamSessionState.PUBLISHED, ~ExamSession.is_rehearsal)
        .order_by(ExamSession.starts_at, ExamSession.code)
    )
