"""Batches and rows as plain values for the edges."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select, tuple_
from sqlalchemy.orm import Session, joinedload

from examsvc.core import cursors
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.registry import windows
from examsvc.registry.annexes.forms import Proposal
from examsvc.registry.cases import views as cases_views
from examsvc.registry.cases.models import BatchState, Case, CaseDocument, Recommendation
from examsvc.registry.cases.states import CaseState
from examsvc.registry.recommending import batches, checking
from examsvc.registry.recommending.checking import CheckedRow
from examsvc.registry.windows import WindowKind

_OWN = ("id", "version", "title", "contact_name", "contact_phone", "state", "created_at", "submitted_at", "department")


def listed(db: Session, *, after: str | None, limit: int, by: Identity) -> dict[str, Any]:
    """Return a page of the batches the person may read, the latest first; one query."""
    stands = or_(Recommendation.state == BatchState.SUBMITTED, Case.state == CaseState.DRAFT)
    counted = select(func.count()).where(Case.recommendation_id == Recommendation.id, stands)
    key = tuple_(Recommendation.created_at, Recommendation.id)
    query = select(Recommendation, counted.scalar_subquery()).where(batches.readable(by))
    if after:
        query = query.where(key < tuple_(*cursors.read(after)))
    query = query.options(joinedload(Recommendation.department))
    newest = query.order_by(Recommendation.created_at.desc(), Recommendation.id.desc()).limit(limit + 1)
    found = db.execute(newest).all()
    items = [{**_batch(batch), "row_count": count} for batch, count in found[:limit]]
    last = items[-1] if len(found) > limit else None
    return {"items": items, "next": cursors.write(last["created_at"], last["id"]) if last else None}


def whole(db: Session, recommendation_id: UUID, *, by: Identity, now: datetime) -> dict[str, Any]:
    """Return a batch as the RecommendationView schema shows it; raises NotFound."""
    batch = batches.find(db, recommendation_id, by=by)
    found = checking.rows(db, batch)
    kept = select(CaseDocument).filter_by(recommendation_id=batch.id).order_by(CaseDocument.uploaded_at)
    return {
        **_batch(batch),
        "window": window(now),
        "rows": [row_line(row) for row in found],
        "documents": list(db.scalars(kept)),
        "missing": checking.missing(db, batch, found),
    }


def row(db: Session, recommendation_id: UUID, case_id: UUID, *, by: Identity) -> dict[str, Any]:
    """Return one row of a batch with its annexes, as the RowDetail schema shows it; raises NotFound."""
    batch = batches.find(db, recommendation_id, by=by)
    found = next((each for each in checking.rows(db, batch) if each.case.id == case_id), None)
    if found is None:
        raise NotFound(thing="case")
    annexes = {
        "proposal": Proposal.from_json(found.annexes.proposal).to_json(),
        "main_content": found.annexes.main_content or None,
    }
    return {**row_line(found), "recommendation_version": batch.version, **annexes}


def row_line(found: CheckedRow) -> dict[str, Any]:
    """Return a row as the RowView schema shows it."""
    own = {"reason": found.case.reason, "credit_code_proven": found.case.credit_code_proven}
    return {**cases_views.line(found.case), **own, "problems": found.problems}


def window(now: datetime) -> dict[str, Any]:
    """Return the window that is open, or the next one, as the SubmissionWindow schema shows it."""
    current = windows.window_of(WindowKind.RECOMMENDATION, now)
    coming = windows.next_window(WindowKind.RECOMMENDATION, now)
    shown = current or coming
    ends = {"opens_at": shown.opens_at, "closes_at": shown.closes_at}
    return {"is_open": current is not None, **ends, "next_opens_at": coming.opens_at}


def _batch(batch: Recommendation) -> dict[str, Any]:
    return {name: getattr(batch, name) for name in _OWN}
