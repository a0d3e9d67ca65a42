"""The new machine takes the answers over: what the change has cost is given back, by the proctor's one action."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examsvc.accounts.models import Account
from examsvc.core.db import get, only
from examsvc.core.identity import Identity
from examsvc.delivery.handover.models import HandOver
from examsvc.delivery.ledger import deciding, giving, proposing
from examsvc.delivery.ledger.crediting import Span
from examsvc.delivery.ledger.deciding import Verdict
from examsvc.delivery.ledger.models import Outage, TimeCredit
from examsvc.delivery.ledger.states import Cause
from examsvc.delivery.models import Response, Sitting


def take_over(
    db: Session, sitting: Sitting, *, claimed_before_at: datetime | None, by: Identity, now: datetime
) -> bool:
    """Note that a log-in which a hand-over opened claims the sitting for the first time; return whether it is so.

    From the last the server saw of the old machine until now is given back, up to the hand-over's most.
    """
    hand_over = only(db, HandOver, login_id=by.login_id) if by.login_id else None
    if hand_over is None or hand_over.sitting_id != sitting.id or hand_over.taken_over_at is not None:
        return False
    hand_over.taken_over_at = now
    lost = Span(_seen_at(db, sitting, hand_over, claimed_before_at, now), now)
    if not lost.is_empty:
        _give_back(db, sitting, hand_over, lost, now)
    return True


def _seen_at(
    db: Session, sitting: Sitting, hand_over: HandOver, claimed_before_at: datetime | None, now: datetime
) -> datetime:
    """Return the last sign of the old machine: its connection, its last answer, or its claim."""
    answered_at = db.scalar(select(func.max(Response.received_at)).filter_by(sitting_id=sitting.id))
    signs = [at for at in (hand_over.seen_at, answered_at, claimed_before_at) if at is not None]
    earliest = now - timedelta(seconds=hand_over.most_seconds)
    return max([earliest, *signs]) if signs else now


def _give_back(db: Session, sitting: Sitting, hand_over: HandOver, lost: Span, now: datetime) -> None:
    outage = Outage(
        cause=Cause.HANDOVER,
        exam_session_id=sitting.enrolment.exam_session_id,
        from_at=lost.from_at,
        to_at=lost.to_at,
        noted_at=now,
        note=hand_over.reason,
        by_account_id=hand_over.made_by_id,
    )
    db.add(outage)
    db.flush()
    if not proposing.propose(db, outage, silences={sitting.id: [lost]}, now=now):
        return
    maker = get(db, Account, hand_over.made_by_id)
    proctor = Identity(name=maker.display_name, account_id=maker.id)
    verdict = Verdict(approved=True, reason=hand_over.reason)
    deciding.decide(db, sitting.enrolment.exam_session_id, outage.id, verdict, by=proctor, now=now)
    giving.give(db, db.scalars(select(TimeCredit.id).filter_by(outage_id=outage.id)).one(), now=now)
