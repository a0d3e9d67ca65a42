"""Whether an exam session's staff may serve there, and is enough. Rehearsals need nobody.

Publishing asks for all of it. What is lost afterwards is said wherever the exam session is looked at, and on the audit
log: somebody who has fallen ill does not serve however long their name is kept, and no candidate waits for a stand-in.
What may not be is refused at any time to whoever brings it about.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.accounts.models import Account
from examsvc.core.db import WRITERS_WAIT
from examsvc.core.errors import Refusal
from examsvc.delivery.models import Candidate, ExamSession
from examsvc.delivery.staffing import reading, rules
from examsvc.delivery.staffing.reading import staffing_of
from examsvc.delivery.staffing.rules import Staffing
from examsvc.delivery.states import ExamSessionState


def check(db: Session, exam_session: ExamSession) -> None:
    """Raise what `rules` yields first of what may not be or is missing."""
    if exam_session.is_rehearsal:
        return
    for refusal in _faults(_held(db, exam_session)):
        raise refusal


def refusals(db: Session, exam_session: ExamSession) -> list[Refusal]:
    """Return every refusal that publishing would meet."""
    return [] if exam_session.is_rehearsal else _faults(staffing_of(db, exam_session))


def faults(exam_session: ExamSession, staffing: Staffing) -> list[dict[str, Any]]:
    """Return every refusal that publishing would meet, as it would be answered."""
    return [] if exam_session.is_rehearsal else [refusal.answer() for refusal in _faults(staffing)]


def missing(db: Session, exam_session: ExamSession) -> list[dict[str, Any]]:
    """Return the refusals for what a published exam session lacks by now, as publishing would answer them."""
    if exam_session.is_rehearsal or exam_session.state != ExamSessionState.PUBLISHED:
        return []
    return [refusal.answer() for refusal in rules.shortages(staffing_of(db, exam_session))]


def conflicts(db: Session, exam_session: ExamSession) -> list[dict[str, Any]]:
    """Return the refusals for what may not be, as they would be answered."""
    if exam_session.is_rehearsal:
        return []
    return [refusal.answer() for refusal in rules.conflicts(staffing_of(db, exam_session))]


def check_conflicts(db: Session, exam_session: ExamSession, *, known: Collection[dict[str, Any]] = ()) -> None:
    """Raise the first of what may not be, before and after publication alike; what is missing may still come.

    Those `known` are left out: whoever did not bring them about is not stopped by them.
    """
    if exam_session.is_rehearsal:
        return
    for refusal in rules.conflicts(_held(db, exam_session)):
        if refusal.answer() not in known:
            raise refusal


def check_entrant(db: Session, exam_session: ExamSession, candidate: Candidate) -> None:
    """Raise StaffIsCandidate or StaffRelated when somebody who serves in the exam session may not serve there with
    the candidate in it: first somebody else serves, then the candidate is enrolled.
    """
    if exam_session.is_rehearsal or not reading.is_tied(db, exam_session.id, candidate):
        return
    for refusal in rules.barred(reading.posts_of(db, exam_session.id), reading.ties_of(db, candidate)):
        raise refusal


def _faults(staffing: Staffing) -> list[Refusal]:
    return [*rules.conflicts(staffing), *rules.shortages(staffing)]


def _held(db: Session, exam_session: ExamSession) -> Staffing:
    """Return the staffing with everybody who serves locked until the end.

    So nobody is put into two rooms by two exam sessions that are published, or staffed, in the same moment.
    """
    people = {post.account_id for post in staffing_of(db, exam_session).posts}
    lock = select(Account.id).where(Account.id.in_(people)).order_by(Account.id)
    db.execute(lock.with_for_update(of=Account, **WRITERS_WAIT))
    return staffing_of(db, exam_session)
