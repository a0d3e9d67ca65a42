"""Whether an exam session's staff may serve there, and is enough. Rehearsals need nobody."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.accounts.models import Account
from examsvc.core.db import WRITERS_WAIT
from examsvc.delivery.models import ExamSession
from examsvc.delivery.staffing import rules
from examsvc.delivery.staffing.reading import staffing_of
from examsvc.delivery.staffing.rules import Staffing


def check(db: Session, exam_session: ExamSession) -> None:
    """Raise what `rules` yields first of what may not be or is missing."""
    if exam_session.is_rehearsal:
        return
    staffing = _held(db, exam_session)
    for refusal in (*rules.conflicts(staffing), *rules.shortages(staffing)):
        raise refusal


def check_conflicts(db: Session, exam_session: ExamSession) -> None:
    """Raise the first of what may not be, before and after publication alike; what is missing may still come."""
    if exam_session.is_rehearsal:
        return
    for refusal in rules.conflicts(_held(db, exam_session)):
        raise refusal


def _held(db: Session, exam_session: ExamSession) -> Staffing:
    """Return the staffing with everybody who serves locked until the end.

    So nobody is put into two rooms by two exam sessions that are published, or staffed, in the same moment.
    """
    people = {post.account_id for post in staffing_of(db, exam_session).posts}
    lock = select(Account.id).where(Account.id.in_(people)).order_by(Account.id)
    db.execute(lock.with_for_update(of=Account, **WRITERS_WAIT))
    return staffing_of(db, exam_session)
