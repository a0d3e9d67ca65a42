"""Naming the inner supervisors 内部督导 of an exam session."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from examsvc.accounts import service as accounts
from examsvc.accounts.models import Account
from examsvc.accounts.roles import Role
from examsvc.core import audit
from examsvc.core.db import get, get_locked
from examsvc.core.identity import Identity
from examsvc.delivery.errors import NotAnInnerSupervisor
from examsvc.delivery.models import ExamSession, InnerSupervisorAssignment
from examsvc.delivery.staffing import lawfulness


def name_supervisors(
    db: Session, exam_session_id: UUID, account_ids: Collection[UUID], *, by: Identity, now: datetime
) -> list[Account]:
    """Make exactly these people the exam session's inner supervisors and return them by name.

    Raises NotFound, NotAnInnerSupervisor, and what `lawfulness.check_conflicts` raises.
    """
    exam_session = get_locked(db, ExamSession, exam_session_id)
    wanted = set(account_ids)
    present = {account.id for account in supervisors(db, exam_session_id)}
    if not wanted - present <= {account.id for account in accounts.holders(db, Role.QUALITY_SUPERVISOR)}:
        raise NotAnInnerSupervisor
    if wanted != present:
        known = lawfulness.conflicts(db, exam_session)
        _replace(db, exam_session_id, gone=present - wanted, come=wanted - present)
        lawfulness.check_conflicts(db, exam_session, known=known)
        named = sorted(map(str, wanted))
        detail = {"accounts": named, "missing": lawfulness.missing(db, exam_session)}
        audit.append(db, exam_session.audit_stream, "inner_supervisors.named", by=by, now=now, **detail)
    return supervisors(db, exam_session_id)


def supervisors(db: Session, exam_session_id: UUID) -> list[Account]:
    """Return the exam session's inner supervisors by name; raises NotFound."""
    get(db, ExamSession, exam_session_id)
    mine = select(InnerSupervisorAssignment.account_id).filter_by(exam_session_id=exam_session_id)
    return list(db.scalars(select(Account).where(Account.id.in_(mine)).order_by(Account.display_name, Account.id)))


def _replace(db: Session, exam_session_id: UUID, *, gone: Collection[UUID], come: Collection[UUID]) -> None:
    mine = InnerSupervisorAssignment.exam_session_id == exam_session_id
    db.execute(delete(InnerSupervisorAssignment).where(mine, InnerSupervisorAssignment.account_id.in_(gone)))
    db.add_all(InnerSupervisorAssignment(exam_session_id=exam_session_id, account_id=one) for one in sorted(come))
    db.flush()
