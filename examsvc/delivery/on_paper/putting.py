"""Putting a sitting on paper, and taking it back to a machine while nobody has typed anything in.

The clock stands from then on: it goes on when the print lies before the candidate, which the sheet says. Every page of
the candidate is fenced, so that an answer is never in two places; what a page still holds arrives as late answers.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit, states
from examsvc.core.db import only_locked
from examsvc.core.errors import Refusal
from examsvc.core.identity import Identity
from examsvc.delivery import checking_in, clocks, finding, invigilating, keeping_out, opening, withholding
from examsvc.delivery.errors import SittingOver
from examsvc.delivery.models import Sitting
from examsvc.delivery.on_paper.errors import NotOnPaper
from examsvc.delivery.on_paper.models import OnPaper
from examsvc.delivery.on_paper.states import PaperState
from examsvc.delivery.states import ExamSessionState, SittingState
from examsvc.delivery.timing import Phase

SECOND = timedelta(seconds=1)


def put(db: Session, sitting_id: UUID, *, reason: str, by: Identity, now: datetime) -> OnPaper:
    """Put a sitting on paper and return it there; one that is there already stays as it is.

    Strictly from the start on: a paper that is printed before it can be shown is out of anybody's hands. Who has not
    opened the paper has it opened now. Raises NotFound, NotStarted, EntryClosed, NotLetIn, SittingOver.
    """
    sitting = finding.locked(db, sitting_id)
    _check(sitting, now)
    row = only_locked(db, OnPaper, sitting_id=sitting_id)
    if row is not None and row.state != PaperState.WITHDRAWN:
        return row
    _stop(db, sitting, reason=reason, by=by, now=now)
    row = _row(db, sitting, row, reason=reason, by=by, now=now)
    detail = {"reason": reason, "since": row.since, "left_seconds": row.left_seconds}
    audit.append(db, sitting.audit_stream, "sitting.put_on_paper", by=by, now=now, **detail)
    return row


def withdraw(db: Session, sitting_id: UUID, *, reason: str, by: Identity, now: datetime) -> OnPaper:
    """Let a sitting go on at a machine after all, with the time given back, and return it.

    Raises NotFound, NotOnPaper, IllegalTransition once a copy of its sheet was typed in.
    """
    sitting = finding.locked(db, sitting_id)
    row = locked(db, sitting_id)
    states.move(db, row, PaperState.WITHDRAWN, by=by, now=now, reason=reason)
    sitting.on_paper_at = None
    invigilating.resume(db, sitting_id, reason=reason, by=by, now=now)
    return row


def locked(db: Session, sitting_id: UUID) -> OnPaper:
    """Return what is known of the sitting on paper, locked; raises NotOnPaper."""
    row = only_locked(db, OnPaper, sitting_id=sitting_id)
    if row is None or row.state == PaperState.WITHDRAWN:
        raise NotOnPaper
    return row


def may_be_put(sitting: Sitting, now: datetime) -> bool:
    """Return whether the sitting may be put on paper now, or printed again if it is there."""
    try:
        _check(sitting, now)
    except Refusal:
        return False
    return True


def _check(sitting: Sitting, now: datetime) -> None:
    exam_session, timing = sitting.enrolment.exam_session, clocks.timing_of(sitting, now)
    if exam_session.state != ExamSessionState.PUBLISHED:
        raise SittingOver
    checking_in.check_enterable(timing.phase)
    checking_in.check_let_in(sitting)
    withholding.check(sitting)
    checking_in.check_started(sitting, Phase.WAITING if now < exam_session.starts_at else timing.phase)


def _stop(db: Session, sitting: Sitting, *, reason: str, by: Identity, now: datetime) -> None:
    """Stop the clock, unless it stands already, and fence every page that may still answer."""
    if sitting.held_at is not None:
        keeping_out.let_in(db, sitting, reason=reason, by=by, now=now)
    if sitting.state == SittingState.EXPECTED:
        opening.open_paper(db, sitting, by=by, now=now)
    sitting.on_paper_at = now
    sitting.epoch, sitting.last_seq = sitting.epoch + 1, 0
    if sitting.state == SittingState.IN_PROGRESS:
        invigilating.pause(db, sitting.id, reason=reason, by=by, now=now)
    db.flush()


def _row(db: Session, sitting: Sitting, row: OnPaper | None, *, reason: str, by: Identity, now: datetime) -> OnPaper:
    since = sitting.paused_at or now
    closes_at = clocks.timing_of(sitting, now).closes_at or since
    if row is None:
        row = OnPaper(sitting_id=sitting.id, sitting=sitting, state=PaperState.WRITING)
        db.add(row)
    else:
        states.move(db, row, PaperState.WRITING, by=by, now=now)
    row.since, row.left_seconds = since, max(0, (closes_at - since) // SECOND)
    row.reason, row.put_by_id = reason, by.account_id  # type: ignore[assignment]  # only people print
    db.flush()
    return row
