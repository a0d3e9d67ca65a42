"""Lost time on the wall: what is proposed, a chief's decision, and the word that reaches each candidate's page."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.identity import Identity
from examsvc.delivery import signals
from examsvc.delivery.ledger import deciding, reading
from examsvc.delivery.ledger.deciding import Verdict
from examsvc.delivery.ledger.models import TimeCredit
from examsvc.delivery.models import Sitting
from proctoring import membership, telling
from proctoring.models import Command
from proctoring.states import CommandKind


def ledger(db: Session, exam_session_id: UUID, *, by: Identity) -> dict[str, Any]:
    """Return the time ledger of a watched exam session, and whether the caller decides in it; raises NotFound."""
    membership.watched_session(db, exam_session_id, by=by)
    may_decide = membership.is_chief(db, exam_session_id, by=by)
    return {"items": reading.ledger(db, exam_session_id), "may_decide": may_decide}


def decide(
    db: Session, exam_session_id: UUID, outage_id: UUID, verdict: Verdict, *, by: Identity, now: datetime
) -> int:
    """Decide about all that is proposed for an outage and return how many.

    Raises NotFound, NotAChief, NothingProposed.
    """
    membership.check_chief(db, exam_session_id, by=by)
    return deciding.decide(db, exam_session_id, outage_id, verdict, by=by, now=now)


def subscribe() -> None:
    """Hear of credits that were given; saying it twice connects once."""
    signals.time_credited.connect(_tell_candidate, weak=False)


def _tell_candidate(sitting: Sitting, *, db: Session, now: datetime, credit: TimeCredit, by: Identity) -> None:
    """Have the candidate's page show it as it shows a command, and say so."""
    command = Command(
        id=credit.id,
        exam_session_id=sitting.enrolment.exam_session_id,
        sitting_id=sitting.id,
        kind=CommandKind.CREDIT,
        text=credit.reason,
        seconds=credit.seconds,
        by_account_id=by.account_id,
        at=now,
    )
    db.add(command)
    db.flush()
    telling.tell(db, command, sitting, now, credit.outage)
