"""What papers that were withheld have cost whoever was ready to begin: given back by the action that allows them."""

from datetime import datetime

from sqlalchemy.orm import Session

from examsvc.core.identity import Identity
from examsvc.delivery.ledger import deciding, proposing
from examsvc.delivery.ledger.crediting import Span
from examsvc.delivery.ledger.deciding import Verdict
from examsvc.delivery.ledger.models import Outage
from examsvc.delivery.ledger.states import Cause
from examsvc.delivery.models import ExamSession


def give_back(
    db: Session, exam_session: ExamSession, since: datetime, *, reason: str, by: Identity, now: datetime
) -> None:
    """Put on record that nobody began from the start, or from `since` on, and approve what it has cost each.

    `now` is when the papers were allowed; before the start nothing was lost.
    """
    lost = Span(max(since, exam_session.starts_at), now)
    if lost.is_empty:
        return
    outage = Outage(
        cause=Cause.PAPERS_WITHHELD,
        exam_session_id=exam_session.id,
        from_at=lost.from_at,
        to_at=lost.to_at,
        noted_at=now,
        note=reason,
        by_account_id=by.account_id,
    )
    db.add(outage)
    db.flush()
    if proposing.propose(db, outage, now=now):
        deciding.decide(db, exam_session.id, outage.id, Verdict(approved=True, reason=reason), by=by, now=now)
