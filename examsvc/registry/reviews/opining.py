"""What an expert does: give his opinion, change it until the conclusion, or stand down for an interest."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from examsvc.core import audit, canonical
from examsvc.core.db import get, get_locked, only
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Case
from examsvc.registry.reviews import interests, opening
from examsvc.registry.reviews.errors import OpinionChanged
from examsvc.registry.reviews.interests import Interest
from examsvc.registry.reviews.kinds import KIND_IN, OpinionValue, ReviewState
from examsvc.registry.reviews.models import Panellist, PanelOpinion, Review


def seat(db: Session, review_id: UUID, *, by: Identity) -> Panellist:
    """Return the caller's own place on the panel; raises NotFound, also when he stood down."""
    found = only(db, Panellist, review_id=review_id, account_id=by.account_id)
    if found is None or found.stood_down_at:
        raise NotFound(thing="review")
    return found


def under_way() -> tuple[ColumnElement[bool], ...]:
    """Return the SQL conditions for a review that opinions are still given in: open, and its case waits for one."""
    return Review.state == ReviewState.OPEN, Case.state.in_(KIND_IN)


def give(
    db: Session, review_id: UUID, number: int, opinion: OpinionValue, text: str, *, by: Identity, now: datetime
) -> Panellist:
    """Record the caller's opinion; `number` is how many he had given when he saw it last.

    Not the case's version but this number guards it: experts of one panel write at the same time, blind to one
    another, and whoever wants to conclude sees the version move. Raises NotFound, ReviewOver, OpinionChanged.
    """
    mine = _locked_seat(db, review_id, by=by)
    if mine.opinions_given != number:
        raise OpinionChanged(number=mine.opinions_given)
    said = PanelOpinion(panellist_id=mine.id, number=number + 1, opinion=opinion, text=text, given_at=now)
    db.add(said)
    db.flush()
    mine.opinion, mine.text, mine.given_at, mine.opinions_given = opinion, text, now, said.number
    # The digest binds what was said; the row's random id keeps it from being guessed from the digest.
    bound = canonical.digest({"id": str(said.id), "opinion": str(opinion), "text": text})
    about = {"panellist": mine.id, "number": said.number, "digest": bound}
    audit.append(db, mine.review.audit_stream, "opinion.given", by=by, now=now, **about)
    cases.touch(mine.review.case)
    return mine


def declare_interest(db: Session, review_id: UUID, what: str, *, by: Identity, now: datetime) -> None:
    """Stand down from the panel for an interest in the case's organisation, which is kept for other cases too.

    Raises NotFound, ReviewOver.
    """
    mine = _locked_seat(db, review_id, by=by)
    case = mine.review.case
    interests.declare(db, Interest(case.credit_code, None), what, by=by, now=now)
    opening.stand_down(db, mine.review, mine, what, by=by, now=now)
    cases.touch(case)


def _locked_seat(db: Session, review_id: UUID, *, by: Identity) -> Panellist:
    seat(db, review_id, by=by)
    review = get(db, Review, review_id)
    opening.still_running(db, review, get_locked(db, Case, review.case_id))
    mine = seat(db, review_id, by=by)
    db.refresh(mine)
    if mine.stood_down_at:
        raise NotFound(thing="review")
    return mine
