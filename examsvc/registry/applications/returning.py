"""An application that a review gives back: open again, with its materials."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from examsvc.core.db import get
from examsvc.core.identity import Identity
from examsvc.registry.applications.models import Application
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.signals import case_advanced
from examsvc.registry.cases.states import CaseState


def subscribe() -> None:
    """Reopen applications whose review was ended by returning them."""
    case_advanced.connect(_reopen, weak=False)


def _reopen(case: Case, *, db: Session, came_from: CaseState, by: Identity, now: datetime, **_: Any) -> None:  # noqa: ARG001 (the signal's form)
    """Clear the submission; a signature stays for as long as nothing changes."""
    if (came_from, case.state) == (CaseState.APPLIED, CaseState.APPLYING):
        get(db, Application, case.id).submitted_at = None
