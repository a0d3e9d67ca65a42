"""Whether a notice is open, and whether objections of a case wait for an answer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examsvc.registry.publicity.models import Notice, Objection
from examsvc.registry.publicity.states import NoticeState, ObjectionState


def state_at(notice: Notice, now: datetime) -> NoticeState:
    """Return how the notice stands at an instant, whether or not the worker has come by."""
    is_over = notice.state == NoticeState.OPEN and notice.ends_at <= now
    return NoticeState.ENDED if is_over else notice.state


def takes_objections(notice: Notice, arrived_at: datetime) -> bool:
    """Return whether an objection that arrived then is in time; how long we took to look at it does not count."""
    return notice.state != NoticeState.CANCELLED and notice.posted_at <= arrived_at < notice.ends_at


def open_objections(db: Session, case_id: UUID) -> int:
    """Return how many objections of the case are not resolved."""
    query = select(func.count()).select_from(Objection)
    return db.scalar(query.filter_by(case_id=case_id, state=ObjectionState.OPEN)) or 0
