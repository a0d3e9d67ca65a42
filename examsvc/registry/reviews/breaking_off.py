"""What ends for the experts of a review that is never concluded: their case was withdrawn."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.registry.cases.models import Case
from examsvc.registry.cases.signals import case_advanced
from examsvc.registry.cases.states import CaseState
from examsvc.registry.reviews import opening
from examsvc.registry.reviews.models import Panellist, Review


def subscribe() -> None:
    """Let the experts of a withdrawn case read it no longer."""
    case_advanced.connect(_end_reading)


def _end_reading(case: Case, *, db: Session, **_: Any) -> None:
    if case.state == CaseState.WITHDRAWN:
        for account_id in db.scalars(select(Panellist.account_id).join(Review).where(Review.case_id == case.id)):
            opening.end_reading(db, case.id, account_id)
