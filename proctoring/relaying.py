"""Brings to candidates' pages what is decided about their time, the way commands come: pushed, acknowledged."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.identity import Identity
from examsvc.delivery import finding, signals
from examsvc.delivery.models import Enrolment, ExamSession, Sitting
from proctoring import commanding
from proctoring.states import CommandKind


def subscribe() -> None:
    """Hear what delivery announces; saying it twice connects once."""
    signals.start_moved.connect(_on_start_moved, weak=False)
    signals.accommodation_changed.connect(_on_accommodation_changed, weak=False)
    signals.absence_taken_back.connect(_on_absence_taken_back, weak=False)


def _on_start_moved(exam_session: ExamSession, *, db: Session, now: datetime, by: Identity, reason: str) -> None:
    query = select(Sitting).join(Sitting.enrolment).where(Enrolment.exam_session_id == exam_session.id)
    sittings = db.scalars(query.options(*finding.CLOCKED).order_by(Sitting.id)).all()
    commanding.relay(db, sittings, CommandKind.MOVE_START, reason, by=by, now=now)


def _on_accommodation_changed(sitting: Sitting, *, db: Session, now: datetime, by: Identity) -> None:
    commanding.relay(db, [sitting], CommandKind.ACCOMMODATE, "", by=by, now=now)


def _on_absence_taken_back(sitting: Sitting, *, db: Session, now: datetime, by: Identity, reason: str) -> None:
    commanding.relay(db, [sitting], CommandKind.EXPECT_AGAIN, reason, by=by, now=now)
