"""Asking for a job, calling it off, and looking how far it is."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from examsvc.core import audit, canonical, states
from examsvc.core.db import get, get_locked, is_collision
from examsvc.core.errors import NotAllowed, NotFound
from examsvc.core.identity import Identity
from examsvc.core.jobs.errors import JobOver
from examsvc.core.jobs.kinds import Kind
from examsvc.core.jobs.models import Job
from examsvc.core.jobs.states import OPEN, JobState

MOST_LISTED = 50
LABEL_LENGTH = 200


def ask(
    db: Session,
    kind: Kind,
    payload: dict[str, Any],
    *,
    label: str,
    about: UUID | None = None,
    by: Identity,
    now: datetime,
) -> Job:
    """Return the job that does what the payload says; asked twice while it is open, it is the same job.

    `label` says in words what it is about. Raises NotAllowed.
    """
    if not by.has(*kind.roles) or by.account_id is None:
        raise NotAllowed
    plain = canonical.plain(payload)
    job = Job(
        kind=kind.name,
        key=canonical.digest(plain),
        label=label[:LABEL_LENGTH],
        about=about,
        account_id=by.account_id,
        asked_at=now,
        payload=plain,
    )
    return _same(db, job) or _added(db, job, by=by, now=now)


def _same(db: Session, job: Job) -> Job | None:
    query = select(Job).filter_by(account_id=job.account_id, kind=job.kind, key=job.key).where(Job.state.in_(OPEN))
    return db.scalars(query).one_or_none()


def _added(db: Session, job: Job, *, by: Identity, now: datetime) -> Job:
    try:
        with db.begin_nested():
            db.add(job)
    except IntegrityError as error:
        # The second click of two came through another process, and the first was faster.
        same = _same(db, job) if is_collision(error) else None
        if same is None:
            raise
        return same
    audit.append(db, job.audit_stream, "job.asked", by=by, now=now, kind=job.kind, about=job.about)
    return job


def cancel(db: Session, job_id: UUID, *, by: Identity, now: datetime) -> Job:
    """Call the caller's job off: at once while it waits, else as soon as its worker notices.

    Raises NotFound for another's job, JobOver.
    """
    job = get_locked(db, Job, job_id)
    _check_own(job, by)
    if not job.is_open:
        raise JobOver
    if job.state == JobState.WAITING:
        job.ended_at = now
        states.move(db, job, JobState.CANCELLED, by=by, now=now)
    job.cancel_asked_at = job.cancel_asked_at or now
    return job


def own(db: Session, job_id: UUID, *, by: Identity) -> Job:
    """Return the caller's job; raises NotFound for another's."""
    job = get(db, Job, job_id)
    _check_own(job, by)
    return job


def listed(db: Session, *, kind: str | None = None, about: UUID | None = None, by: Identity) -> list[Job]:
    """Return the caller's latest jobs, newest first, of one kind or about one thing if asked so."""
    query = select(Job).filter_by(account_id=by.account_id)
    if kind is not None:
        query = query.where(Job.kind == kind)
    if about is not None:
        query = query.where(Job.about == about)
    return list(db.scalars(query.order_by(Job.asked_at.desc(), Job.id.desc()).limit(MOST_LISTED)))


def _check_own(job: Job, by: Identity) -> None:
    if job.account_id != by.account_id:
        raise NotFound(thing="job")
