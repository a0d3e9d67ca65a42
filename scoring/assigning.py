"""Assigning examiners 考评员 to an exam session, and making their score sheets."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, delete, exists, select
from sqlalchemy.orm import Session

from examsvc.accounts.models import Account, AccountRole, AccountState
from examsvc.accounts.roles import Role
from examsvc.core import audit
from examsvc.core.db import get, get_locked
from examsvc.core.identity import Identity
from examsvc.delivery import dealing
from examsvc.delivery.models import Enrolment, ExaminerAssignment, ExamSession
from examsvc.delivery.staffing import lawfulness
from examsvc.delivery.states import ExamSessionState
from questionbank.models import PaperPracticalTask, PracticalTask
from scoring import signals
from scoring.errors import AssignmentClosed, ExaminerHasMarked, NotAnExaminer
from scoring.models import Mark, Result, ScoreSheet
from scoring.states import ResultState


def assign_examiners(
    db: Session, exam_session_id: UUID, account_ids: Collection[UUID], *, by: Identity, now: datetime
) -> list[Account]:
    """Make exactly these accounts the exam session's examiners, with a sheet for each candidate and practical task.

    Returns them by name. Raises NotFound, NotAnExaminer, ExaminerHasMarked, AssignmentClosed, and what
    `lawfulness.check_conflicts` raises.
    """
    exam_session = get_locked(db, ExamSession, exam_session_id)
    wanted, present = set(account_ids), _assigned_ids(db, exam_session_id)
    if wanted != present:
        _check_changeable(db, exam_session)
        check_are_examiners(db, wanted - present)
        known = lawfulness.conflicts(db, exam_session)
        _remove(db, exam_session_id, present - wanted)
        _add(db, exam_session, wanted - present, now)
        lawfulness.check_conflicts(db, exam_session, known=known)
        detail = {"added": sorted(map(str, wanted - present)), "removed": sorted(map(str, present - wanted))}
        audit.append(db, exam_session.audit_stream, "examiners.assigned", by=by, now=now, **detail)
        signals.examiners_changed.send(exam_session, db=db, now=now)
    return examiners(db, exam_session_id)


def examiners(db: Session, exam_session_id: UUID) -> list[Account]:
    """Return the exam session's examiners by name; raises NotFound."""
    get(db, ExamSession, exam_session_id)
    query = select(Account).where(Account.id.in_(_assignments(exam_session_id))).order_by(Account.display_name)
    return list(db.scalars(query))


def is_examiner_of(db: Session, exam_session_id: UUID, account_id: UUID | None) -> bool:
    """Return whether the account is assigned to the exam session."""
    return account_id in _assigned_ids(db, exam_session_id)


def make_sheets_for(enrolment: Enrolment, *, db: Session, now: datetime) -> None:
    """Give somebody who is enrolled later a sheet from every examiner already assigned."""
    examiner_ids = _assigned_ids(db, enrolment.exam_session_id)
    _make_sheets(db, enrolment.exam_session, [enrolment.id], examiner_ids, now)


def make_sheets_anew(exam_session: ExamSession, *, db: Session, now: datetime) -> None:
    """Replace the sheets of a draft, in which nothing can have been marked, by those of the paper it has now."""
    enrolled = db.scalars(select(Enrolment.id).filter_by(exam_session_id=exam_session.id)).all()
    db.execute(delete(ScoreSheet).where(ScoreSheet.enrolment_id.in_(enrolled)))
    _make_sheets(db, exam_session, enrolled, _assigned_ids(db, exam_session.id), now)


def practical_tasks(db: Session, exam_session: ExamSession) -> Sequence[PracticalTask]:
    """Return the practical tasks of the exam session's papers, in their order: all forms of a draw have the same."""
    query = select(PracticalTask).join(PaperPracticalTask).order_by(PaperPracticalTask.position)
    return db.scalars(query.where(PaperPracticalTask.paper_id == dealing.pattern_id(db, exam_session))).all()


def _assignments(exam_session_id: UUID) -> Select[UUID]:
    return select(ExaminerAssignment.account_id).filter_by(exam_session_id=exam_session_id)


def _assigned_ids(db: Session, exam_session_id: UUID) -> set[UUID]:
    return set(db.scalars(_assignments(exam_session_id)))


_READY = (ResultState.READY, ResultState.PUBLISHED)


def _check_changeable(db: Session, exam_session: ExamSession) -> None:
    if exam_session.state == ExamSessionState.CANCELLED:
        raise AssignmentClosed(reason="the exam session is cancelled")
    ready = (
        select(Result.id).join(Enrolment).where(Enrolment.exam_session_id == exam_session.id, Result.state.in_(_READY))
    )
    if db.scalar(select(exists(ready))):
        raise AssignmentClosed(reason="a result is ready already")


def check_are_examiners(db: Session, account_ids: Collection[UUID]) -> None:
    """Raise NotAnExaminer unless all accounts are active and have the role."""
    query = (
        select(Account.id)
        .join(AccountRole)
        .where(Account.id.in_(account_ids), Account.state == AccountState.ACTIVE, AccountRole.role == Role.EXAMINER)
    )
    if set(db.scalars(query)) != set(account_ids):
        raise NotAnExaminer


def _remove(db: Session, exam_session_id: UUID, account_ids: Collection[UUID]) -> None:
    mine = (
        select(ScoreSheet.id)
        .join(Enrolment)
        .where(Enrolment.exam_session_id == exam_session_id, ScoreSheet.examiner_id.in_(account_ids))
    )
    sheet_ids = list(db.scalars(mine.with_for_update(of=ScoreSheet)))
    if db.scalar(select(exists(select(Mark.event_id).where(Mark.sheet_id.in_(sheet_ids))))):
        raise ExaminerHasMarked
    db.execute(delete(ScoreSheet).where(ScoreSheet.id.in_(sheet_ids)))
    mine_too = (ExaminerAssignment.exam_session_id == exam_session_id, ExaminerAssignment.account_id.in_(account_ids))
    db.execute(delete(ExaminerAssignment).where(*mine_too))


def _add(db: Session, exam_session: ExamSession, account_ids: Collection[UUID], now: datetime) -> None:
    db.add_all(ExaminerAssignment(exam_session_id=exam_session.id, account_id=key) for key in sorted(account_ids))
    enrolled = db.scalars(select(Enrolment.id).filter_by(exam_session_id=exam_session.id)).all()
    _make_sheets(db, exam_session, enrolled, account_ids, now)


def _make_sheets(
    db: Session, exam_session: ExamSession, enrolment_ids: Iterable[UUID], examiner_ids: Iterable[UUID], now: datetime
) -> None:
    db.add_all(
        ScoreSheet(enrolment_id=enrolment_id, practical_task=task, examiner_id=examiner_id, created_at=now)
        for enrolment_id in enrolment_ids
        for task in practical_tasks(db, exam_session)
        for examiner_id in sorted(examiner_ids)
    )
    db.flush()
