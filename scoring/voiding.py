"""Results that a ruling makes void, and that come back when it is revoked; only a person's decision does either."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit, states
from examsvc.core.db import get_locked
from examsvc.core.identity import Identity
from examsvc.delivery import signals as delivery_signals
from examsvc.delivery.models import Enrolment
from examsvc.delivery.voiding import VoidOrder
from scoring import resulting, signals, voids
from scoring.models import Result, ResultVoid
from scoring.states import ResultState


def void(db: Session, enrolment: Enrolment, order: VoidOrder, *, by: Identity, now: datetime) -> Result:
    """Make the enrolment's result void as ordered and return it: without a total, and never a 0."""
    result = _locked(db, enrolment)
    db.add(
        ResultVoid(
            ruling_id=order.ruling_id,
            result_id=result.id,
            ruling_number=order.number,
            subject=order.subject,
            reason=order.reason,
            was=_standing(result),
            voided_at=now,
        )
    )
    if result.state == ResultState.VOID:
        audit.append(db, result.audit_stream, "result.void_added", by=by, now=now, **_told(order))
    else:
        was = result.digest
        result.total = result.passed = result.digest = None
        states.move(db, result, ResultState.VOID, by=by, now=now, was=was, **_told(order))
    signals.result_voided.send(result, db=db, now=now, order=order, by=by)
    return result


def restore(db: Session, enrolment: Enrolment, order: VoidOrder, *, by: Identity, now: datetime) -> Result:
    """Take the order back and return the result: as it was published, or as the evidence makes it now.

    While another ruling stands, it stays void.
    """
    result = _locked(db, enrolment)
    get_locked(db, ResultVoid, order.ruling_id).restored_at = now
    db.flush()
    if voids.standing(db, [result.id]):
        audit.append(db, result.audit_stream, "result.void_taken_back", by=by, now=now, **_told(order))
        return result
    _bring_back(db, result, order, by=by, now=now)
    db.flush()
    signals.result_restored.send(result, db=db, now=now, order=order, by=by)
    return result


def _bring_back(db: Session, result: Result, order: VoidOrder, *, by: Identity, now: datetime) -> None:
    was = voids.before(db, result)
    if was["state"] == ResultState.PUBLISHED:
        result.total, result.passed, result.digest = was["total"], was["passed"], was["digest"]
        states.move(db, result, ResultState.PUBLISHED, by=by, now=now, digest=result.digest, **_told(order))
        return
    states.move(db, result, ResultState.INCOMPLETE, by=by, now=now, **_told(order))
    resulting.refresh(db, result.enrolment_id, now=now)


def _locked(db: Session, enrolment: Enrolment) -> Result:
    """Return the result locked after its enrolment, in the order in which evidence locks them."""
    result_id = db.scalars(select(Result.id).filter_by(enrolment_id=get_locked(db, Enrolment, enrolment.id).id)).one()
    return get_locked(db, Result, result_id)


def _standing(result: Result) -> dict[str, Any]:
    return {"state": str(result.state), "total": result.total, "passed": result.passed, "digest": result.digest}


def _told(order: VoidOrder) -> dict[str, Any]:
    subject = str(order.subject) if order.subject else None
    return {"ruling": order.ruling_id, "number": order.number, "subject": subject, "reason": order.reason}


def _voided(enrolment: Enrolment, *, db: Session, now: datetime, order: VoidOrder, by: Identity) -> None:
    void(db, enrolment, order, by=by, now=now)


def _restored(enrolment: Enrolment, *, db: Session, now: datetime, order: VoidOrder, by: Identity) -> None:
    restore(db, enrolment, order, by=by, now=now)


def subscribe() -> None:
    """Hear of rulings; saying it twice connects once."""
    delivery_signals.scores_voided.connect(_voided)
    delivery_signals.scores_restored.connect(_restored)
