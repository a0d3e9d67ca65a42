"""Deciding about proposed credits: all of one outage in one exam session in one action.

Who may decide is checked by proctoring. What is approved is given by a sweep, a sitting at a time (`giving`).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get
from examsvc.core.identity import Identity
from examsvc.delivery.ledger.errors import NothingProposed
from examsvc.delivery.ledger.models import Outage, TimeCredit
from examsvc.delivery.ledger.states import CreditState
from examsvc.delivery.models import Enrolment, Sitting


@dataclass(frozen=True)
class Verdict:
    """What a chief proctor says of an outage's proposals; the reason is told to every candidate."""

    approved: bool
    reason: str

    @property
    def state(self) -> CreditState:
        return CreditState.APPROVED if self.approved else CreditState.REJECTED


def decide(
    db: Session, exam_session_id: UUID, outage_id: UUID, verdict: Verdict, *, by: Identity, now: datetime
) -> int:
    """Approve or reject the outage's proposals in the exam session and return how many.

    Of two who decide at once, the second finds nothing proposed any more. Raises NotFound, NothingProposed.
    """
    outage = get(db, Outage, outage_id)
    found = _proposed(db, exam_session_id, outage_id)
    if not found:
        raise NothingProposed
    decided = {"state": verdict.state, "decided_by_id": by.account_id, "decided_at": now, "reason": verdict.reason}
    db.execute(update(TimeCredit).where(TimeCredit.id.in_([credit.id for credit in found])).values(decided))
    action, detail = verdict.state.lower(), {"outage": outage_id, "reason": verdict.reason}
    each = [(credit.audit_stream, {**detail, "credit": credit.id, "seconds": credit.seconds}) for credit in found]
    audit.append_each(db, each, f"time_credit.{action}", by=by, now=now)
    stream = f"exam-session:{exam_session_id}"
    audit.append(db, stream, f"credits.{action}", by=by, now=now, **detail, cause=str(outage.cause), count=len(found))
    return len(found)


def _proposed(db: Session, exam_session_id: UUID, outage_id: UUID) -> list[TimeCredit]:
    query = (
        select(TimeCredit)
        .join(TimeCredit.sitting)
        .join(Sitting.enrolment)
        .where(
            TimeCredit.outage_id == outage_id,
            TimeCredit.state == CreditState.PROPOSED,
            Enrolment.exam_session_id == exam_session_id,
        )
        .order_by(TimeCredit.id)
        .with_for_update(of=TimeCredit)
        .execution_options(populate_existing=True)
    )
    return list(db.scalars(query))
