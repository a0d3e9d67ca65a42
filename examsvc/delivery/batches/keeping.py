"""Batches: entered, renamed, filled with exam sessions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from examsvc.core import audit
from examsvc.core.db import get, get_locked
from examsvc.core.identity import Identity
from examsvc.delivery.errors import BatchCodeTaken, BatchOfAnother
from examsvc.delivery.models import Batch, Enrolment, ExamSession
from examsvc.registry.models import Organisation


def create(db: Session, code: str, name: str, organisation_id: UUID, *, by: Identity, now: datetime) -> Batch:
    """Enter a batch of the organisation and return it; raises NotFound, BatchCodeTaken."""
    organisation = get(db, Organisation, organisation_id)
    batch = Batch(code=code, name=name, organisation=organisation, created_at=now)
    db.add(batch)
    _flush(db)
    audit.append(db, batch.audit_stream, "batch.created", by=by, now=now, code=code, name=name)
    return batch


def change(db: Session, batch_id: UUID, *, code: str, name: str, by: Identity, now: datetime) -> Batch:
    """Give a batch another code or name and return it; raises NotFound, BatchCodeTaken."""
    batch = get_locked(db, Batch, batch_id)
    batch.code, batch.name = code, name
    _flush(db)
    audit.append(db, batch.audit_stream, "batch.changed", by=by, now=now, code=code, name=name)
    return batch


def put_session(
    db: Session, exam_session_id: UUID, batch_id: UUID | None, *, by: Identity, now: datetime
) -> ExamSession:
    """Put an exam session, in whatever state, into a batch, or into none, and return it.

    Raises NotFound, and BatchOfAnother when another organisation holds it.
    """
    exam_session = get_locked(db, ExamSession, exam_session_id)
    batch = get(db, Batch, batch_id) if batch_id else None
    if batch and batch.organisation_id != exam_session.filing.organisation_id:
        raise BatchOfAnother(batch=batch.code)
    exam_session.batch = batch
    code = batch.code if batch else None
    audit.append(db, exam_session.audit_stream, "exam_session.batch_set", by=by, now=now, batch=code)
    return exam_session


def everything(db: Session) -> list[dict[str, Any]]:
    """Return every batch with its exam sessions by start, the newest batch first."""
    query = select(Batch).options(joinedload(Batch.organisation)).order_by(Batch.created_at.desc(), Batch.code)
    sessions = _sessions(db)
    return [_described(batch, sessions.get(batch.id, ())) for batch in db.scalars(query)]


def _sessions(db: Session) -> dict[UUID | None, list[dict[str, Any]]]:
    count = select(func.count()).where(Enrolment.exam_session_id == ExamSession.id).scalar_subquery()
    query = select(ExamSession, count).where(ExamSession.batch_id.is_not(None)).order_by(ExamSession.starts_at)
    found: dict[UUID | None, list[dict[str, Any]]] = {}
    for one, enrolled in db.execute(query):
        told = {name: getattr(one, name) for name in ("id", "code", "title", "starts_at", "state")}
        found.setdefault(one.batch_id, []).append({**told, "enrolled": enrolled})
    return found


def _described(batch: Batch, sessions: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": batch.id,
        "code": batch.code,
        "name": batch.name,
        "organisation_id": batch.organisation_id,
        "organisation": batch.organisation.name,
        "created_at": batch.created_at,
        "sessions": sessions,
    }


def _flush(db: Session) -> None:
    try:
        db.flush()
    except IntegrityError as error:  # the code is the only thing that can collide
        raise BatchCodeTaken from error
