"""Concluding a review: the centre's word over what the panel found."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import states
from examsvc.core.identity import Identity
from examsvc.registry.cases import service as cases
from examsvc.registry.reviews import opening, panels
from examsvc.registry.reviews.errors import BadPanel, OwnOpinion, ReasonMissing, ReviewUnfinished
from examsvc.registry.reviews.kinds import LEADS_TO, Conclusion, ReviewState
from examsvc.registry.reviews.models import Review


def conclude(
    db: Session, review_id: UUID, version: int, conclusion: Conclusion, note: str, *, by: Identity, now: datetime
) -> Review:
    """Conclude the review and move the case on: forward, back to those who mend it, or out.

    Later stages follow the case: an organisation that passed begins its three months, and a scheme that is sent back
    keeps its old deadline. Raises OwnOpinion, BadPanel, ReviewUnfinished, ReasonMissing, ReviewOver.
    """
    review = opening.take_running(db, review_id, version, by=by)
    if any(one.account_id == by.account_id for one in review.panellists):
        raise OwnOpinion
    _ready(review)
    if not note and _needs_reason(review, conclusion):
        raise ReasonMissing
    review.conclusion, review.note, review.concluded_at = conclusion, note, now
    review.concluded_by_id, review.concluded_by_name = by.account_id, by.name
    states.move(db, review, ReviewState.CONCLUDED, by=by, now=now, conclusion=str(conclusion))
    for one in review.panellists:
        opening.end_reading(db, review.case_id, one.account_id)
    target = LEADS_TO[review.kind][conclusion]
    cases.advance(db, review.case, target, by=by, now=now, review=review.id, reason=note)
    return review


def outstanding(review: Review) -> list[str]:
    """Return what the conclusion waits for: PANEL_INCOMPLETE, OPINIONS, kinds of meetings."""
    panel = review.sitting_panel
    held = {meeting.kind for meeting in review.meetings if meeting.held_at}
    lacking = panels.missing(review.kind, [one.opinion for one in panel], held)
    return lacking if panels.is_panel([one.is_chair for one in panel]) else ["PANEL_INCOMPLETE", *lacking]


def _ready(review: Review) -> None:
    lacking = outstanding(review)
    if "PANEL_INCOMPLETE" in lacking:
        raise BadPanel
    if lacking:
        raise ReviewUnfinished(missing=lacking)


def _needs_reason(review: Review, conclusion: Conclusion) -> bool:
    opinions = [one.opinion for one in review.sitting_panel if one.opinion]
    results = [meeting.result for meeting in review.meetings if meeting.result]
    return panels.needs_reason(conclusion, opinions, results)
