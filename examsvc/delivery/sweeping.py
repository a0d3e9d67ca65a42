"""What delivery leaves to the worker: end overdue sittings, mark who never came, close exam sessions that are over."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from examsvc.core import states
from examsvc.core.db import get_locked
from examsvc.core.sweeps import Sweep
from examsvc.delivery import clocks, finding, finishing, instants
from examsvc.delivery.instants import Course
from examsvc.delivery.ledger import holding
from examsvc.delivery.models import Enrolment, ExamSession, Sitting
from examsvc.delivery.states import UNFINISHED, ExamSessionState, SittingState

CLOSING_PATIENCE = timedelta(minutes=10)
"""After its last sitting an exam session stays open so long, so that a proctor can still give lost time back."""

NOBODY = Course()
"""The course of somebody who has not come and was given nothing: the first to be absent."""


def _overdue(db: Session, now: datetime) -> Iterable[UUID]:
    query = (
        select(Sitting.id, Sitting.closes_at, ExamSession.grace_seconds)
        .join(Sitting.enrolment)
        .join(Enrolment.exam_session)
        .where(Sitting.closes_at < now, Sitting.state == SittingState.IN_PROGRESS)
        .order_by(Sitting.closes_at)
    )
    return [
        sitting_id
        for sitting_id, closes_at, grace in db.execute(query)
        if closes_at is not None and closes_at + timedelta(seconds=grace) < now
    ]


def _never_opened(db: Session, now: datetime) -> Iterable[UUID]:
    started = select(ExamSession).where(ExamSession.state == ExamSessionState.PUBLISHED, ExamSession.starts_at < now)
    due = [one.id for one in db.scalars(started) if instants.absent_at(clocks.window_of(one), NOBODY) < now]
    expected = select(Sitting).join(Sitting.enrolment).where(Sitting.state == SittingState.EXPECTED)
    expected = expected.where(Enrolment.exam_session_id.in_(due)).options(*finding.CLOCKED)
    over = [sitting for sitting in db.scalars(expected) if clocks.timing_of(sitting, now).due_at is not None]
    doubt = holding.doubt(db, now)
    return [each.id for each in over if not finishing.never_came(each) or not doubt.holds(each)]


def _settle_sitting(db: Session, sitting_id: UUID, now: datetime) -> None:
    finishing.settle(db, sitting_id, now=now)


def _settle_sittings(db: Session, sitting_ids: Sequence[UUID], now: datetime) -> None:
    finishing.settle_many(db, sitting_ids, now=now)


def _closable(db: Session, now: datetime) -> Iterable[UUID]:
    if holding.is_held(db, now):  # after an outage first things first: what was lost is proposed
        return []
    mine = select(Sitting.id).join(Sitting.enrolment).where(Enrolment.exam_session_id == ExamSession.id)
    lively = mine.where(Sitting.state.in_(UNFINISHED) | (Sitting.finished_at > now - CLOSING_PATIENCE))
    return db.scalars(
        select(ExamSession.id).where(
            ExamSession.state == ExamSessionState.PUBLISHED,
            ExamSession.ends_at < now,
            ~exists(lively),
            ~holding.undecided(now),
        )
    ).all()


def _close_session(db: Session, exam_session_id: UUID, now: datetime) -> None:
    exam_session = get_locked(db, ExamSession, exam_session_id)
    if exam_session_id in _closable(db, now):
        states.move(db, exam_session, ExamSessionState.CLOSED, by=finishing.CLOCK, now=now)


SWEEPS = (
    Sweep("close overdue sittings", _overdue, _settle_sitting, _settle_sittings, comes_in_crowds=True),
    Sweep("mark the absent", _never_opened, _settle_sitting, comes_in_crowds=True, can_wait=True),
    Sweep("close exam sessions", _closable, _close_session, can_wait=True),
)
