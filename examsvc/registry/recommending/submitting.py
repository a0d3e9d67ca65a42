"""Handing a batch in inside the window, taking back what was returned, withdrawing."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.accounts.roles import Role
from examsvc.core import states
from examsvc.core.db import get_locked
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.registry import windows
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import BatchState, Case, Recommendation
from examsvc.registry.cases.states import OPEN_TO_ORGANISATION, OVER, CaseState
from examsvc.registry.recommending import batches, checking, drafts
from examsvc.registry.recommending.checking import CheckedRow
from examsvc.registry.recommending.errors import NotReturned, NotWithdrawable, RecommendationIncomplete
from examsvc.registry.windows import WindowKind


def submit(db: Session, recommendation_id: UUID, version: int, *, by: Identity, now: datetime) -> Recommendation:
    """Submit a batch with all its rows, in the order of their priority, and return it.

    Only inside the window (沪人社职〔2025〕140号 三(二)1: 逾期不予受理). Raises OutOfWindow, RecommendationIncomplete,
    and as `batches.drafting` does: of two who submit at once the second is refused.
    """
    batch = batches.drafting(db, recommendation_id, version, by=by)
    windows.open_window(WindowKind.RECOMMENDATION, now)
    found = checking.rows(db, batch)
    lacks = checking.missing(db, batch, found)
    if lacks:
        raise RecommendationIncomplete(missing=lacks, rows=[_told(row) for row in found if row.errors])
    batch.submitted_at = now
    states.move(db, batch, BatchState.SUBMITTED, by=by, now=now, rows=len(found))
    batches.touch(batch)
    for row in found:
        case = get_locked(db, Case, row.case.id)
        cases.advance(db, case, CaseState.SUBMITTED, by=by, now=now)
    return batch


def take_back(
    db: Session, case_id: UUID, version: int, recommendation_id: UUID, *, by: Identity, now: datetime
) -> Case:
    """Put a returned case into a draft batch, behind its rows, to be mended and submitted again; return the case.

    Raises NotFound, RecommendationSubmitted, CaseMovedOn, NotReturned.
    """
    batch = batches.drafting(db, recommendation_id, by=by)
    case = _own(db, case_id, version, by=by)
    if case.state != CaseState.RETURNED:
        raise NotReturned(state=str(case.state))
    case.position = len(drafts.of_batch(db, batch)) + 1
    case.recommendation_id = batch.id
    cases.advance(db, case, CaseState.DRAFT, by=by, now=now)
    batches.touch(batch)
    return case


def withdraw(db: Session, case_id: UUID, version: int, reason: str, *, by: Identity, now: datetime) -> Case:
    """Withdraw a recommended scheme before its organisation takes part, and return the case.

    Raises NotFound, CaseMovedOn, and NotWithdrawable, also for a row that was never submitted: that is removed.
    """
    batch = get_locked(db, Recommendation, cases.find(db, case_id, by=by).recommendation_id)
    case = _own(db, case_id, version, by=by)
    if not is_withdrawable(db, case):
        raise NotWithdrawable(state=str(case.state))
    cases.advance(db, case, CaseState.WITHDRAWN, by=by, now=now, reason=reason)
    if batch.state == BatchState.DRAFT:
        drafts.close_gaps(db, batch)
        batches.touch(batch)
    return case


def may_withdraw(db: Session, case: Case, *, by: Identity) -> bool:
    """Return whether the person's department may withdraw the case now."""
    place = cases.affiliation(db, by) if by.has(Role.RECOMMENDER) else None
    return place is not None and place.department_id == case.department_id and is_withdrawable(db, case)


def is_withdrawable(db: Session, case: Case) -> bool:
    """Return whether the case was submitted once, and neither is over nor waits for its organisation."""
    is_too_late = case.state in OPEN_TO_ORGANISATION or case.state in OVER
    return not is_too_late and drafts.was_submitted(db, case)


def _own(db: Session, case_id: UUID, version: int, *, by: Identity) -> Case:
    case = cases.take(db, case_id, version, by=by)
    if case.department_id != cases.own_department(db, by):
        raise NotFound(thing="case")
    return case


def _told(row: CheckedRow) -> dict[str, object]:
    told = [{"code": problem.code, "field": problem.field} for problem in row.errors]
    return {"case_id": row.case.id, "position": row.case.position, "problems": told}
