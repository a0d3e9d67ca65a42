"""The history of a case: what its own and its batch's audit stream put on record."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.accounts.roles import Role
from examsvc.core.audit import AuditEntry
from examsvc.core.db import only
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.registry.cases import service
from examsvc.registry.cases.models import Case
from examsvc.registry.desks.reading import SEE_BATCHES
from examsvc.registry.reviews.models import Review


def timeline(db: Session, case_id: UUID, *, by: Identity) -> list[dict[str, Any]]:
    """Return what happened with the case that the person may read, oldest first; raises NotFound."""
    case = service.find(db, case_id, by=by)
    return entries(db, case, with_batch=by.has(*SEE_BATCHES), with_panels=by.has(Role.REGISTRAR))


def entries(db: Session, case: Case, *, with_batch: bool = True, with_panels: bool = True) -> list[dict[str, Any]]:
    """Return the case's history with, if wanted, that of its batch and of its panels, oldest first."""
    streams = [case.audit_stream, *([f"recommendation:{case.recommendation_id}"] if with_batch else [])]
    if with_panels:
        streams += [f"review:{key}" for key in db.scalars(select(Review.id).where(Review.case_id == case.id))]
    query = select(AuditEntry).where(AuditEntry.stream.in_(streams))
    return [_told(entry) for entry in db.scalars(query.order_by(AuditEntry.at, AuditEntry.id))]


def named(db: Session, name: str) -> Case:
    """Return the case with this number or id; raises NotFound."""
    key = _identifier(name)
    found = db.get(Case, key) if key else only(db, Case, number=name)
    if found is None:
        raise NotFound(thing="case")
    return found


def line(event: dict[str, Any]) -> str:
    """Return what an event says besides as one line of text."""
    return ", ".join(f"{name}={value}" for name, value in event["detail"].items())


def _told(entry: AuditEntry) -> dict[str, Any]:
    own = {"at": entry.at, "actor_name": entry.actor_name, "action": entry.action, "detail": entry.detail}
    return {**own, "document_id": _identifier(entry.detail.get("document"))}


def _identifier(value: object) -> UUID | None:
    """Whatever stage wrote the entry: a file that it names stands under `document`."""
    try:
        return UUID(str(value))
    except ValueError:
        return None
