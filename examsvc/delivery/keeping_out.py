"""A pause for somebody who has not opened the paper: kept out until it is over, and nothing runs against them.

Neither the limit for coming nor a clock: what the pause lasts, by `instants`, moves both. Who may pause is checked by
proctoring.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.errors import IllegalTransition
from examsvc.core.identity import Identity
from examsvc.delivery import instants
from examsvc.delivery.models import Sitting
from examsvc.delivery.states import SittingState

PAUSED, RESUMED = "sitting.entry_paused", "sitting.entry_resumed"


def keep_out(db: Session, sitting: Sitting, *, reason: str, by: Identity, now: datetime) -> None:
    """Keep the candidate of a locked sitting that is expected out; the time before the start counts for nothing.

    Raises IllegalTransition for whoever is kept out already.
    """
    if sitting.held_at is not None:
        raise IllegalTransition(subject="sitting", current=SittingState.PAUSED, target=SittingState.PAUSED)
    sitting.held_at = max(now, sitting.enrolment.exam_session.starts_at)
    audit.append(db, sitting.audit_stream, PAUSED, by=by, now=now, reason=reason)


def let_in(db: Session, sitting: Sitting, *, reason: str, by: Identity, now: datetime) -> None:
    """Let the candidate of a locked sitting in again; a broken second counts whole.

    Raises IllegalTransition for whoever is not kept out.
    """
    if sitting.held_at is None:
        raise IllegalTransition(subject="sitting", current=sitting.state, target=SittingState.IN_PROGRESS)
    seconds = instants.whole_seconds(now - sitting.held_at)
    sitting.held_at, sitting.held_seconds = None, sitting.held_seconds + seconds
    audit.append(db, sitting.audit_stream, RESUMED, by=by, now=now, reason=reason, seconds=seconds)
