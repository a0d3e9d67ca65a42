"""A proctor's own post in an exam session, and what its staff lacks."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.identity import Identity
from examsvc.delivery.staffing import lawfulness
from proctoring import membership


def post(db: Session, exam_session_id: UUID, *, by: Identity) -> dict[str, Any]:
    """Return the caller's post in a watched exam session; raises NotFound."""
    exam_session = membership.watched_session(db, exam_session_id, by=by)
    is_chief = membership.is_chief(db, exam_session_id, by=by)
    return {"is_chief": is_chief, "missing": lawfulness.missing(db, exam_session)}
