"""Who begins together: one process tells the pages of all exam sessions that start in the same moment."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examsvc.delivery.models import Enrolment, ExamSession
from examsvc.delivery.states import ClockRule, ExamSessionState


def together(db: Session, starts_at: datetime) -> int:
    """Return how many candidates the published exam sessions have that begin by a common clock at this instant."""
    query = select(func.count()).select_from(Enrolment).join(Enrolment.exam_session)
    return db.scalars(
        query.where(
            ExamSession.starts_at == starts_at,
            ExamSession.state == ExamSessionState.PUBLISHED,
            ExamSession.clock_rule == ClockRule.COMMON,
        )
    ).one()
