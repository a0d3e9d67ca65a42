"""The rows of a batch as they stand: found, locked, counted, numbered."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get_locked
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.errors import CaseMovedOn
from examsvc.registry.cases.models import BatchState, Case, Recommendation
from examsvc.registry.cases.states import CaseState
from examsvc.registry.recommending import batches
from examsvc.registry.recommending.errors import RecommendationSubmitted


def of_batch(db: Session, batch: Recommendation) -> list[Case]:
    """Return the rows of a batch in the order of their priority; of a draft batch without those that were withdrawn."""
    query = select(Case).where(Case.recommendation_id == batch.id)
    if batch.state == BatchState.DRAFT:
        query = query.where(Case.state == CaseState.DRAFT)
    return list(db.scalars(query.order_by(Case.position, Case.id)))


def taken(db: Session, case_id: UUID, version: int | None, *, by: Identity) -> Case:
    """Return a draft row of the person's department with its batch, both locked.

    Raises NotFound, RecommendationSubmitted, and CaseMovedOn for somebody who saw another version.
    """
    batch = batches.drafting(db, cases.find(db, case_id, by=by).recommendation_id, by=by)
    case = get_locked(db, Case, case_id)
    if case.recommendation_id != batch.id:
        raise NotFound(thing="case")
    if version is not None and case.version != version:
        raise CaseMovedOn(version=case.version, state=str(case.state))
    if case.state != CaseState.DRAFT:
        raise RecommendationSubmitted
    return case


def in_batch(db: Session, recommendation_id: UUID, case_id: UUID, *, by: Identity) -> None:
    """Raise NotFound unless the case is a row of this batch, and the person may read it."""
    if cases.find(db, case_id, by=by).recommendation_id != recommendation_id:
        raise NotFound(thing="case")


def touch(db: Session, case: Case) -> None:
    """Count a change of a row, which is a change of its batch too."""
    cases.touch(case)
    batches.touch(db.get_one(Recommendation, case.recommendation_id))


def close_gaps(db: Session, batch: Recommendation) -> None:
    """Number the rows of a batch 1 … n again, in their order (H04)."""
    for position, case in enumerate(of_batch(db, batch), start=1):
        case.position = position


def was_submitted(db: Session, case: Case) -> bool:
    """Return whether the case was submitted once, and so has a history that must stay."""
    submitted = f"{case.lifecycle.subject}.{CaseState.SUBMITTED.lower()}"
    history = audit.history(db, case.audit_stream)
    return case.state != CaseState.DRAFT or any(entry.action == submitted for entry in history)
