"""Opening a review and appointing its panel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examsvc.accounts.models import Account, AccountRole, AccountState
from examsvc.accounts.roles import Role
from examsvc.core import audit
from examsvc.core.db import get, only
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Case, CaseReader
from examsvc.registry.reviews import interests, panels
from examsvc.registry.reviews.errors import (
    BadPanel,
    ExpertConflict,
    NoReviewDue,
    NotAnExpert,
    ReviewOver,
    ReviewRunning,
)
from examsvc.registry.reviews.kinds import KIND_IN, ReviewKind, ReviewState
from examsvc.registry.reviews.models import Panellist, Review


@dataclass(frozen=True)
class Appointment:
    account_id: UUID
    is_chair: bool


def open_review(
    db: Session, case_id: UUID, version: int, panel: Sequence[Appointment], *, by: Identity, now: datetime
) -> Review:
    """Open the review that the case waits for, with its panel, who may read the case from now on.

    Raises NoReviewDue, ReviewRunning, BadPanel, NotAnExpert, ExpertConflict.
    """
    case = cases.take(db, case_id, version, by=by)
    kind = KIND_IN.get(case.state)
    if kind is None:
        raise NoReviewDue(state=str(case.state))
    if only(db, Review, case_id=case.id, kind=kind, state=ReviewState.OPEN):
        raise ReviewRunning
    people = {one.account_id for one in panel}
    if len(people) != len(panel) or not panels.is_panel([one.is_chair for one in panel]):
        raise BadPanel
    review = _opened(db, case, kind, by=by, now=now)
    for one in panel:
        _appoint(db, review, one, by=by, now=now)
    cases.touch(case)
    return review


def replace(
    db: Session,
    review_id: UUID,
    version: int,
    panellist_id: UUID,
    account_id: UUID,
    reason: str,
    *,
    by: Identity,
    now: datetime,
) -> Review:
    """Put another expert into the place, and the chair, of one.

    Raises ReviewOver, BadPanel, NotAnExpert, ExpertConflict.
    """
    review = take_running(db, review_id, version, by=by)
    leaving = next((one for one in review.panellists if one.id == panellist_id), None)
    if leaving is None:
        raise NotFound(thing="panellist")
    if any(one.account_id == account_id for one in review.panellists):
        raise BadPanel
    if leaving.stood_down_at is None:
        stand_down(db, review, leaving, reason, by=by, now=now)
    _appoint(db, review, Appointment(account_id, leaving.is_chair), by=by, now=now)
    leaving.is_chair = False
    cases.touch(review.case)
    return review


def stand_down(db: Session, review: Review, one: Panellist, reason: str, *, by: Identity, now: datetime) -> None:
    """Take an expert off the panel; he reads the case no longer, what he said stays on record and does not count."""
    one.stood_down_at, one.stood_down_reason = now, reason
    end_reading(db, review.case_id, one.account_id)
    audit.append(db, review.audit_stream, "panellist.stood_down", by=by, now=now, panellist=one.id)


def take_running(db: Session, review_id: UUID, version: int, *, by: Identity) -> Review:
    """Return a review under way, its case locked, for somebody who saw the case at `version`.

    Raises NotFound, CaseMovedOn, ReviewOver.
    """
    review = get(db, Review, review_id)
    case = cases.take(db, review.case_id, version, by=by)
    return still_running(db, review, case)


def still_running(db: Session, review: Review, case: Case) -> Review:
    """Return the review freshly read, once its case is locked; raises ReviewOver."""
    db.refresh(review)
    if review.state != ReviewState.OPEN or KIND_IN.get(case.state) != review.kind:
        raise ReviewOver
    return review


def end_reading(db: Session, case_id: UUID, account_id: UUID) -> None:
    """Let an expert whose task in the case is over read it no longer."""
    given = db.get(CaseReader, (case_id, account_id))
    if given is not None:
        db.delete(given)


def _opened(db: Session, case: Case, kind: ReviewKind, *, by: Identity, now: datetime) -> Review:
    rounds = db.scalar(select(func.count()).where(Review.case_id == case.id, Review.kind == kind)) or 0
    review = Review(case=case, case_id=case.id, kind=kind, round=rounds + 1, opened_at=now)
    db.add(review)
    db.flush()
    about = {"kind": str(kind), "round": review.round, "review": review.id}
    audit.append(db, case.audit_stream, "review.opened", by=by, now=now, **about)
    return review


def _appoint(db: Session, review: Review, one: Appointment, *, by: Identity, now: datetime) -> None:
    _check_expert(db, one.account_id)
    why = interests.conflicts(db, review.case, [one.account_id]).get(one.account_id)
    if why:
        raise ExpertConflict(account_id=str(one.account_id), why=why)
    found = Panellist(review=review, account_id=one.account_id, is_chair=one.is_chair, appointed_at=now)
    db.add(found)
    if db.get(CaseReader, (review.case_id, one.account_id)) is None:
        db.add(CaseReader(case_id=review.case_id, account_id=one.account_id))
    db.flush()
    audit.append(db, review.audit_stream, "panellist.appointed", by=by, now=now, panellist=found.id)


def _check_expert(db: Session, account_id: UUID) -> None:
    query = select(Account.id).join(AccountRole).where(Account.id == account_id, AccountRole.role == Role.EXPERT)
    if db.scalar(query.where(Account.state == AccountState.ACTIVE)) is None:
        raise NotAnExpert(account_id=str(account_id))
