"""What stands against a published exam session by now: whatever publishing would refuse is asked again.

Between publication and the day a filing is withdrawn, a room loses its video equipment, somebody declares a relation
or falls ill. Nothing of that stops candidates; who looks at the exam session reads it until it is mended. Only when a
question became known outside nobody begins, until that is decided on.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from examsvc.core.errors import Refusal
from examsvc.delivery import clocks, filed_days, overlapping, withholding
from examsvc.delivery.models import ExamSession
from examsvc.delivery.rooms import readiness
from examsvc.delivery.staffing import lawfulness
from examsvc.delivery.states import ExamSessionState
from examsvc.registry.errors import NotFiled


def of(db: Session, exam_session: ExamSession) -> list[dict[str, Any]]:
    """Return the refusals that publishing would meet by now, as they would be answered; none in drafts and rehearsals.

    NotFiled, what `readiness.faults` yields about rooms and seats, `lawfulness.refusals` about the staff, and
    CandidateSitsElsewhere. Before them PapersWithheld and PaperCompromised.
    """
    if exam_session.is_rehearsal or exam_session.state != ExamSessionState.PUBLISHED:
        return []
    arranged = [*readiness.faults(db, exam_session), *lawfulness.refusals(db, exam_session)]
    papers = withholding.refusals(db, exam_session)
    found = [*papers, *_filing(db, exam_session), *arranged, *overlapping.conflicts(db, exam_session)]
    return [refusal.answer() for refusal in found]


def _filing(db: Session, exam_session: ExamSession) -> Iterator[Refusal]:
    try:
        filed_days.check(db, exam_session.filing_id, clocks.window_of(exam_session))
    except NotFiled as refusal:
        yield refusal
