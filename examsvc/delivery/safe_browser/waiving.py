"""A proctor lets one candidate go on without Safe Exam Browser. Whether the proctor may is checked by proctoring."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.identity import Identity
from examsvc.delivery import finding, signals
from examsvc.delivery.errors import SittingOver
from examsvc.delivery.models import Sitting


def waive(db: Session, sitting_id: UUID, *, reason: str, by: Identity, now: datetime) -> Sitting:
    """Ask this sitting for no Safe Exam Browser any more, on whatever machine; raises NotFound, SittingOver."""
    sitting = finding.locked(db, sitting_id)
    if sitting.state.is_over:
        raise SittingOver
    if sitting.safe_browser_waived_at is None:
        sitting.safe_browser_waived_at = now
        audit.append(db, sitting.audit_stream, "safe_browser.waived", by=by, now=now, reason=reason)
        signals.safe_browser_settled.send(sitting, db=db, now=now)
    return sitting
