"""Batches 推荐汇总表: opened and changed by their department, read by the centre once they are submitted."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, false, or_, select
from sqlalchemy.orm import Session

from examsvc.accounts.roles import Role
from examsvc.core import audit
from examsvc.core.db import get_locked
from examsvc.core.errors import Invalid, NotFound
from examsvc.core.identity import Identity
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Affiliation, BatchState, Recommendation
from examsvc.registry.recommending.errors import RecommendationMovedOn, RecommendationSubmitted
from examsvc.registry.recommending.fields import name, phone


def open_batch(
    db: Session, title: str, contact_name: str, contact_phone: str, *, by: Identity, now: datetime
) -> Recommendation:
    """Open a draft batch of the person's department and return it, at any time of the year (D01).

    Raises NoAffiliation, HtmlInText, UnprintableText, Invalid.
    """
    batch = Recommendation(department_id=cases.own_department(db, by), state=BatchState.DRAFT, created_at=now)
    _describe(batch, title=title, contact_name=contact_name, contact_phone=contact_phone)
    db.add(batch)
    db.flush()
    audit.append(db, batch.audit_stream, "recommendation.opened", by=by, now=now, title=batch.title)
    return batch


def change_batch(
    db: Session, recommendation_id: UUID, version: int, *, by: Identity, now: datetime, **texts: str
) -> Recommendation:
    """Change title, contact_name or contact_phone and return the batch; raises as `drafting` and `open_batch` do."""
    batch = drafting(db, recommendation_id, version, by=by)
    _describe(batch, **texts)
    touch(batch)
    audit.append(db, batch.audit_stream, "recommendation.changed", by=by, now=now, fields=sorted(texts))
    return batch


def readable(by: Identity) -> ColumnElement[bool]:
    """Return the SQL condition for the batches a person may read: their department's; the centre's once submitted."""
    own = select(Affiliation.department_id).where(Affiliation.account_id == by.account_id)
    ways: list[ColumnElement[bool]] = []
    if by.has(Role.RECOMMENDER):
        ways.append(Recommendation.department_id.in_(own))
    if by.has(Role.REGISTRAR, Role.BUREAU):
        ways.append(Recommendation.state == BatchState.SUBMITTED)
    return or_(false(), *ways)


def find(db: Session, recommendation_id: UUID, *, by: Identity) -> Recommendation:
    """Return a batch the person may read; raises NotFound, also when it is somebody else's."""
    batch = db.scalar(select(Recommendation).where(Recommendation.id == recommendation_id, readable(by)))
    if batch is None:
        raise NotFound(thing="recommendation")
    return batch


def drafting(db: Session, recommendation_id: UUID, version: int | None = None, *, by: Identity) -> Recommendation:
    """Return a draft batch of the person's department, locked; nobody else changes anything in it until the end.

    Raises NotFound, RecommendationSubmitted, and RecommendationMovedOn for somebody who saw another version.
    """
    batch = find(db, recommendation_id, by=by)
    if not by.has(Role.RECOMMENDER) or batch.department_id != cases.own_department(db, by):
        raise NotFound(thing="recommendation")
    batch = get_locked(db, Recommendation, batch.id)
    if batch.state != BatchState.DRAFT:
        raise RecommendationSubmitted
    if version is not None and batch.version != version:
        raise RecommendationMovedOn(version=batch.version)
    return batch


def touch(batch: Recommendation) -> None:
    """Count a change of the batch or of anything in it."""
    batch.version += 1


def _describe(batch: Recommendation, **texts: str) -> None:
    for field, text in texts.items():
        written = phone(text) if field == "contact_phone" else name(text, field)
        if not written:
            raise Invalid(errors={field: ["is empty"]})  # H02, H03: both are required
        setattr(batch, field, written)
