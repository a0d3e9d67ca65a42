"""The conditions of application 申报条件 of an exam session, of which every candidate states one to meet.

The office writes them down in a draft. Whether the statement is true is for whoever reads the candidate's papers.
"""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examsvc.delivery.errors import CandidatesStateNoCondition, ConditionNotStated, ConditionStated, ConditionUnknown
from examsvc.delivery.models import ApplicationCondition, Enrolment, ExamSession

MOST_CONDITIONS = 20
MOST_CHARACTERS = 300


def chosen(exam_session: ExamSession, number: int | None) -> ApplicationCondition | None:
    """Return the condition of that number, or None without one where the exam session has no conditions.

    Raises ConditionNotStated, ConditionUnknown.
    """
    if number is not None:
        return numbered(exam_session, number)
    if exam_session.conditions:
        raise ConditionNotStated
    return None


def numbered(exam_session: ExamSession, number: int) -> ApplicationCondition:
    """Return the exam session's condition of that number; raises ConditionUnknown."""
    found = [condition for condition in exam_session.conditions if condition.number == number]
    if not found:
        raise ConditionUnknown(count=len(exam_session.conditions))
    return found[0]


def check_change(db: Session, exam_session: ExamSession, lines: Sequence[str]) -> None:
    """Raise ConditionStated when a line that somebody states to meet would not stand as it is under its number."""
    query = (
        select(ApplicationCondition)
        .where(ApplicationCondition.exam_session_id == exam_session.id)
        .where(ApplicationCondition.id.in_(select(Enrolment.condition_id).filter_by(exam_session_id=exam_session.id)))
    )
    for stated in db.scalars(query.order_by(ApplicationCondition.number)):
        if list(lines[stated.number - 1 : stated.number]) != [stated.text]:
            raise ConditionStated(number=stated.number)


def check_stated(db: Session, exam_session: ExamSession) -> None:
    """Raise CandidatesStateNoCondition where the exam session has conditions and somebody enrolled states none."""
    query = select(func.count()).select_from(Enrolment).filter_by(exam_session_id=exam_session.id, condition_id=None)
    if exam_session.conditions and (count := db.scalar(query)):
        raise CandidatesStateNoCondition(count=count)
