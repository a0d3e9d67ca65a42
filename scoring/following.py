"""What results follow: enrolments, sittings, sheets, examiners and marks, as the parts before announce them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from examsvc.core.db import only_locked
from examsvc.delivery import signals as delivery_signals
from examsvc.delivery.models import Enrolment, ExamSession, Sitting, by_seat
from examsvc.delivery.states import SittingState
from scoring import assigning, resulting, signals, voids
from scoring.errors import ResultPublished
from scoring.models import Result, ScoreSheet
from scoring.written import closing, collecting, questions
from scoring.written import signals as marking_signals


def _enrolled(enrolment: Enrolment, *, db: Session, now: datetime) -> None:
    assigning.make_sheets_for(enrolment, db=db, now=now)
    resulting.start(db, enrolment.id, now)


def _withdrawn(enrolment: Enrolment, *, db: Session, now: datetime) -> None:  # noqa: ARG001 (the signal's)
    """Take away what waits to be filled in; a mark or a score that is there holds the enrolment by its foreign key."""
    for model in (ScoreSheet, Result):
        db.execute(delete(model).filter_by(enrolment_id=enrolment.id))


def _paper_changed(exam_session: ExamSession, *, db: Session, now: datetime) -> None:
    assigning.make_sheets_anew(exam_session, db=db, now=now)


def _sitting_finished(sitting: Sitting, *, db: Session, now: datetime) -> None:
    if collecting.collect(db, sitting):
        closing.reopen_for(db, sitting, now=now)
    resulting.refresh(db, sitting.enrolment_id, now=now)


def _answers_taken_over(sitting: Sitting, *, db: Session, **_: object) -> None:
    """Answers never change under a published result: that takes an appeal."""
    result = only_locked(db, Result, enrolment_id=sitting.enrolment_id)
    if result is not None and voids.is_settled(db, result):
        raise ResultPublished


def _sittings_finished(sittings: Sequence[Sitting], *, db: Session, now: datetime) -> None:
    if questions.of_papers(db, list({sitting.paper_id for sitting in sittings})):
        for sitting in sittings:
            if collecting.collect(db, sitting):
                closing.reopen_for(db, sitting, now=now)
    resulting.refresh_all(db, [sitting.enrolment_id for sitting in sittings], now=now)


def _sitting_reopened(sitting: Sitting, *, db: Session, now: datetime) -> None:
    """An absence that somebody has decided on is taken back no more; an extension leaves what is published as it is."""
    result = resulting.refresh(db, sitting.enrolment_id, now=now)
    if sitting.state == SittingState.EXPECTED and voids.is_settled(db, result):
        raise ResultPublished


def _sheet_signed(sheet: ScoreSheet, *, db: Session, now: datetime) -> None:
    resulting.refresh(db, sheet.enrolment_id, now=now)


def _examiners_changed(exam_session: ExamSession, *, db: Session, now: datetime) -> None:
    """Whoever waited only for an examiner who is gone waits no more."""
    _refresh_finished(exam_session, db=db, now=now)


def _marking_changed(exam_session: ExamSession, *, db: Session, now: datetime) -> None:
    """With its written answers all marked, a session's results become ready; with new ones they wait again."""
    _refresh_finished(exam_session, db=db, now=now)


def _refresh_finished(exam_session: ExamSession, *, db: Session, now: datetime) -> None:
    over = (
        select(Enrolment.id)
        .join(Sitting)
        .where(Enrolment.exam_session_id == exam_session.id, Sitting.finished_at.is_not(None))
    )
    for enrolment_id in db.scalars(over.order_by(*by_seat())).all():
        resulting.refresh(db, enrolment_id, now=now)


def subscribe() -> None:
    """Connect scoring to what delivery and scoring announce; saying it twice connects once."""
    delivery_signals.candidate_enrolled.connect(_enrolled)
    delivery_signals.enrolment_withdrawn.connect(_withdrawn)
    delivery_signals.paper_changed.connect(_paper_changed)
    delivery_signals.sitting_finished.connect(_sitting_finished)
    delivery_signals.answers_taken_over.connect(_answers_taken_over)
    delivery_signals.sittings_finished.connect(_sittings_finished)
    delivery_signals.sitting_reopened.connect(_sitting_reopened)
    signals.sheet_signed.connect(_sheet_signed)
    signals.examiners_changed.connect(_examiners_changed)
    marking_signals.marking_changed.connect(_marking_changed)
