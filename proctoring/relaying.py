"""Brings to candidates' pages what is decided about their time and answers, as commands come: pushed, acknowledged."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from examsvc.core import ids
from examsvc.core.identity import Identity
from examsvc.delivery import finding, signals
from examsvc.delivery.models import Enrolment, ExamSession, Sitting
from examsvc.delivery.states import SittingState
from proctoring import commanding
from proctoring.models import Command, CommandReceipt
from proctoring.orders import Order
from proctoring.states import CommandKind


def subscribe() -> None:
    """Hear what delivery announces; saying it twice connects once."""
    signals.start_moved.connect(_on_start_moved, weak=False)
    signals.accommodation_changed.connect(_on_accommodation_changed, weak=False)
    signals.absence_taken_back.connect(_on_absence_taken_back, weak=False)
    signals.enrolment_withdrawn.connect(_on_enrolment_withdrawn, weak=False)
    signals.answers_taken_over.connect(_on_answers_taken_over, weak=False)


def papers_allowed(db: Session, exam_session_id: UUID, *, reason: str, by: Identity, now: datetime) -> None:
    """Have the pages of all who wait begin, now that papers which were withheld are allowed."""
    query = select(Sitting).join(Sitting.enrolment).where(Enrolment.exam_session_id == exam_session_id)
    waiting = query.where(Sitting.state == SittingState.EXPECTED).options(*finding.CLOCKED).order_by(Sitting.id)
    told = Order(ids.new_id(), CommandKind.LET_BEGIN, None, text=reason)
    commanding.announce(db, exam_session_id, db.scalars(waiting).all(), told, by=by, now=now)


def _on_start_moved(exam_session: ExamSession, *, db: Session, now: datetime, by: Identity, reason: str) -> None:
    query = select(Sitting).join(Sitting.enrolment).where(Enrolment.exam_session_id == exam_session.id)
    sittings = db.scalars(query.options(*finding.CLOCKED).order_by(Sitting.id)).all()
    commanding.relay(db, sittings, CommandKind.MOVE_START, reason, by=by, now=now)


def _on_accommodation_changed(sitting: Sitting, *, db: Session, now: datetime, by: Identity) -> None:
    commanding.relay(db, [sitting], CommandKind.ACCOMMODATE, "", by=by, now=now)


def _on_absence_taken_back(sitting: Sitting, *, db: Session, now: datetime, by: Identity, reason: str) -> None:
    commanding.relay(db, [sitting], CommandKind.EXPECT_AGAIN, reason, by=by, now=now)


def _on_enrolment_withdrawn(enrolment: Enrolment, *, db: Session, now: datetime) -> None:  # noqa: ARG001 (the signal's)
    """Take back what no page has shown; what a proctor ordered for this candidate alone, or was shown, stays."""
    sitting_id = enrolment.sitting.id
    unshown = delete(CommandReceipt).where(CommandReceipt.sitting_id == sitting_id, CommandReceipt.shown_at.is_(None))
    db.execute(unshown)
    relayed = [kind for kind in CommandKind if not kind.is_proctors]
    db.execute(delete(Command).where(Command.sitting_id == sitting_id, Command.kind.in_(relayed)))


def _on_answers_taken_over(sitting: Sitting, *, db: Session, now: datetime, by: Identity) -> None:
    """Have the page of a sitting that goes on look at what stands now; it was fenced, and goes on by itself."""
    if not sitting.state.is_over:
        commanding.relay(db, [sitting], CommandKind.TAKE_ANSWERS, "", by=by, now=now)
