"""Giving back what was approved: a sitting at a time, so that a whole city's credits hold up nobody's answers."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.accounts.models import Account
from examsvc.core import states
from examsvc.core.db import get, get_locked
from examsvc.core.errors import Refusal
from examsvc.core.identity import Identity
from examsvc.core.sweeps import Sweep
from examsvc.delivery import finding, finishing, invigilating, signals
from examsvc.delivery.errors import SittingOver
from examsvc.delivery.ledger.beating import LEDGER
from examsvc.delivery.ledger.models import TimeCredit
from examsvc.delivery.ledger.states import CreditState
from examsvc.delivery.models import Sitting
from examsvc.delivery.states import ExamSessionState, FinishReason, SittingState


def give(db: Session, credit_id: UUID, *, now: datetime) -> TimeCredit:
    """Give an approved credit's seconds to its sitting and return it; any other stays as it is. Raises NotFound.

    A sitting that time has ended meanwhile opens again with exactly these seconds left; one that is over for good, or
    of an exam session that is closed, lets the credit lapse.
    """
    sitting = finding.locked(db, get(db, TimeCredit, credit_id).sitting_id)
    credit = get_locked(db, TimeCredit, credit_id)
    if credit.state != CreditState.APPROVED:
        return credit
    by = _approver(db, credit)
    finishing.settle_locked(db, sitting, now=now)
    try:
        with db.begin_nested():
            _put(db, sitting, credit, by, now)
    except Refusal:  # over for good, or decided upon
        states.move(db, credit, CreditState.LAPSED, by=by, now=now, credit=credit.id, seconds=credit.seconds)
    return credit


def _put(db: Session, sitting: Sitting, credit: TimeCredit, by: Identity, now: datetime) -> None:
    if not _can_be_given(sitting):
        raise SittingOver
    outage = credit.outage
    sitting.credited_seconds += credit.seconds
    why = {"cause": str(outage.cause), "from_at": outage.from_at, "to_at": outage.to_at, "reason": credit.reason}
    states.move(db, credit, CreditState.GIVEN, by=by, now=now, credit=credit.id, seconds=credit.seconds, **why)
    if sitting.state == SittingState.HANDED_IN:
        invigilating.reopen(db, sitting, by=by, now=now)
    invigilating.reset_clock(db, sitting, now)
    signals.time_credited.send(sitting, db=db, now=now, credit=credit, by=by)


def _can_be_given(sitting: Sitting) -> bool:
    if sitting.enrolment.exam_session.state != ExamSessionState.PUBLISHED:
        return False
    return not sitting.state.is_over or sitting.finish_reason == FinishReason.TIME_UP


def _approver(db: Session, credit: TimeCredit) -> Identity:
    if credit.decided_by_id is None:
        return LEDGER
    account = get(db, Account, credit.decided_by_id)
    return Identity(name=account.display_name, account_id=account.id)


def _approved(db: Session, _now: datetime) -> Iterable[UUID]:
    query = select(TimeCredit.id).where(TimeCredit.state == CreditState.APPROVED)
    return db.scalars(query.order_by(TimeCredit.decided_at, TimeCredit.id)).all()


def _give(db: Session, credit_id: UUID, now: datetime) -> None:
    give(db, credit_id, now=now)


SWEEP = Sweep("give approved credits", _approved, _give)
