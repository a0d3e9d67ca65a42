"""Jobs given to workers on a lease: each to one, and to another when its worker shows no life any more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from examsvc.core import audit, canonical, states
from examsvc.core.db import get_locked
from examsvc.core.errors import Refusal
from examsvc.core.identity import system
from examsvc.core.jobs.errors import Cancelled, JobBroken, LeaseLost
from examsvc.core.jobs.models import Job
from examsvc.core.jobs.progress import Progress
from examsvc.core.jobs.states import OPEN, JobState, JobStep

LEASE_LASTS: Final = timedelta(seconds=60)
MOST_ATTEMPTS: Final = 2
WORKER: Final = system("worker")


@dataclass(frozen=True)
class Lease:
    """One worker's hold on a job; a later attempt ends it."""

    job_id: UUID
    attempt: int


def is_due(db: Session, now: datetime) -> bool:
    """Return whether a job waits for a worker; takes no lock, so that workers may ask often."""
    return db.scalars(select(Job.id).where(_due(now)).limit(1)).first() is not None


def take(db: Session, now: datetime) -> Job | None:
    """Lease the job that has waited longest to the calling worker and return it, or None when there is none.

    What its asker called off, and what broke down as often as it may, is ended on the way.
    """
    query = select(Job).where(_due(now)).order_by(Job.asked_at, Job.id).limit(1)
    while job := db.scalars(query.with_for_update(skip_locked=True, key_share=True)).first():
        if job.cancel_asked_at:
            _end(db, job, JobState.CANCELLED, now=now)
        elif job.attempt >= MOST_ATTEMPTS:
            _end(db, job, JobState.FAILED, refusal=JobBroken().answer(), now=now)
        else:
            return _leased(db, job, now)
    return None


def _due(now: datetime) -> ColumnElement[bool]:
    return and_(Job.state.in_(OPEN), or_(Job.state == JobState.WAITING, Job.leased_until <= now))


def _leased(db: Session, job: Job, now: datetime) -> Job:
    job.attempt += 1
    # What goes with a state is set before it: both are written at once, when the record is made.
    job.step, job.done, job.total, job.leased_until = JobStep.PREPARING, 0, 0, now + LEASE_LASTS
    if job.state == JobState.WAITING:
        states.move(db, job, JobState.RUNNING, by=WORKER, now=now)
    else:
        audit.append(db, job.audit_stream, "job.taken_again", by=WORKER, now=now)
    return job


def show_life(db: Session, lease: Lease, progress: Progress, now: datetime) -> None:
    """Write down how far the job is and renew its lease; tell `progress` if it is called off or lost."""
    held = update(Job).filter_by(id=lease.job_id, attempt=lease.attempt, state=JobState.RUNNING)
    told = {"step": progress.step, "done": progress.done, "total": progress.total}
    renewed = db.execute(held.values(leased_until=now + LEASE_LASTS, **told).returning(Job.cancel_asked_at)).first()
    if renewed is None:
        progress.lost.set()
    elif renewed.cancel_asked_at:
        progress.cancelled.set()


def finish(db: Session, lease: Lease, result: dict[str, Any], now: datetime) -> None:
    """End the job in the transaction of its work; raises LeaseLost, Cancelled, which undo the work."""
    job = _held(db, lease)
    if job.cancel_asked_at:
        raise Cancelled
    _end(db, job, JobState.DONE, result=result, done=job.total, now=now)


def refuse(db: Session, lease: Lease, now: datetime, *, refusal: Refusal) -> None:
    """End the job with the code and the fields of a refusal; raises LeaseLost."""
    _end(db, _held(db, lease), JobState.REFUSED, refusal=canonical.plain(refusal.answer()), now=now)


def call_off(db: Session, lease: Lease, now: datetime) -> None:
    """End the job as its asker wished; raises LeaseLost."""
    _end(db, _held(db, lease), JobState.CANCELLED, now=now)


def give_back(db: Session, lease: Lease, now: datetime) -> None:
    """Let another worker take the job, as if this one had not; raises LeaseLost."""
    job = _waiting(db, lease, now)
    job.attempt -= 1


def break_down(db: Session, lease: Lease, now: datetime) -> None:
    """Let a worker try the job again, or end it if that was the last attempt; raises LeaseLost."""
    if lease.attempt < MOST_ATTEMPTS:
        _waiting(db, lease, now)
    else:
        _end(db, _held(db, lease), JobState.FAILED, refusal=JobBroken().answer(), now=now)


Ending = Callable[[Session, Lease, datetime], None]


def _held(db: Session, lease: Lease) -> Job:
    job = get_locked(db, Job, lease.job_id)
    if (job.state, job.attempt) != (JobState.RUNNING, lease.attempt):
        raise LeaseLost
    return job


def _waiting(db: Session, lease: Lease, now: datetime) -> Job:
    job = _held(db, lease)
    job.leased_until = None
    states.move(db, job, JobState.WAITING, by=WORKER, now=now)
    return job


def _end(db: Session, job: Job, state: JobState, *, now: datetime, **outcome: Any) -> None:
    job.leased_until, job.ended_at = None, now
    for name, value in outcome.items():
        setattr(job, name, value)
    states.move(db, job, state, by=WORKER, now=now)
