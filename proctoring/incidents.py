"""异常: what a proctor puts on record about a sitting, and what is decided about it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit, states
from examsvc.core.db import after_commit, get_locked
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery.models import Enrolment, Sitting
from proctoring import live, membership
from proctoring.models import Incident
from proctoring.states import IncidentState


def open_incident(db: Session, sitting_id: UUID, *, category: str, note: str, by: Identity, now: datetime) -> Incident:
    """Open an incident and return it; raises NotFound."""
    sitting = membership.watched_sitting(db, sitting_id, by=by)
    incident = Incident(sitting_id=sitting.id, category=category, note=note, opened_by_id=by.account_id, opened_at=now)
    db.add(incident)
    db.flush()
    audit.append(db, incident.audit_stream, "incident.opened", by=by, now=now, incident=incident.id, category=category)
    _tell(db, sitting.enrolment.exam_session_id, sitting_id)
    return incident


def decide(
    db: Session, incident_id: UUID, *, outcome: IncidentState, note: str, by: Identity, now: datetime
) -> Incident:
    """Dismiss or confirm an incident and return it; raises NotFound, IllegalTransition."""
    exam_session_id = _check_watched(db, incident_id, by)
    incident = get_locked(db, Incident, incident_id)
    incident.decided_by_id, incident.decided_at, incident.decision_note = by.account_id, now, note
    states.move(db, incident, outcome, by=by, now=now, incident=incident.id)
    _tell(db, exam_session_id, incident.sitting_id)
    return incident


def _check_watched(db: Session, incident_id: UUID, by: Identity) -> UUID:
    """Return the exam session of an incident the caller may see; any other looks like none."""
    query = select(Enrolment.exam_session_id).join(Sitting).join(Incident).where(Incident.id == incident_id)
    exam_session_id = db.scalar(query)
    if exam_session_id is None or not membership.watches(db, exam_session_id, by=by):
        raise NotFound(thing="incident")
    return exam_session_id


def incidents(db: Session, sitting_id: UUID, *, by: Identity) -> list[Incident]:
    """Return the sitting's incidents, oldest first; raises NotFound."""
    membership.watched_sitting(db, sitting_id, by=by)
    return list(db.scalars(select(Incident).filter_by(sitting_id=sitting_id).order_by(Incident.opened_at, Incident.id)))


def _tell(db: Session, exam_session_id: UUID, sitting_id: UUID) -> None:
    after_commit(db, lambda: live.sitting_changed(exam_session_id, sitting_id))
