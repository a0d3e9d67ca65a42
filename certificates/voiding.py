"""What a ruling on misconduct does to a certificate: in force while its result counts, suspended while it does not."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from certificates.models import Certificate, Decision
from certificates.states import CertificateState
from examsvc.core import audit, states
from examsvc.core.identity import Identity
from examsvc.delivery.voiding import VoidOrder
from scoring import signals
from scoring.models import Result


def suspend_for(db: Session, result: Result, order: VoidOrder, *, by: Identity, now: datetime) -> None:
    """Suspend the certificate on a result that became void; the office withdraws it once no remedy is left."""
    certificate = _certificate(db, result)
    if certificate is not None and certificate.state == CertificateState.VALID:
        _move(db, certificate, CertificateState.SUSPENDED, order, by=by, now=now)


def reinstate_for(db: Session, result: Result, order: VoidOrder, *, by: Identity, now: datetime) -> None:
    """Make the certificate valid again when nothing but rulings suspended it."""
    certificate = _certificate(db, result)
    if certificate is None or certificate.state != CertificateState.SUSPENDED:
        return
    suspended = [one for one in audit.history(db, certificate.audit_stream) if one.action == "certificate.suspended"]
    if suspended[-1].detail.get("ruling"):
        _move(db, certificate, CertificateState.VALID, order, by=by, now=now)


def _certificate(db: Session, result: Result) -> Certificate | None:
    query = select(Certificate).join(Certificate.decision).where(Decision.result_id == result.id)
    return db.scalars(query.with_for_update(of=Certificate)).one_or_none()


def _move(
    db: Session, certificate: Certificate, target: CertificateState, order: VoidOrder, *, by: Identity, now: datetime
) -> None:
    states.move(db, certificate, target, by=by, now=now, ruling=order.ruling_id, number=order.number)


def _voided(result: Result, *, db: Session, now: datetime, order: VoidOrder, by: Identity) -> None:
    suspend_for(db, result, order, by=by, now=now)


def _restored(result: Result, *, db: Session, now: datetime, order: VoidOrder, by: Identity) -> None:
    reinstate_for(db, result, order, by=by, now=now)


def subscribe() -> None:
    """Hear of void and restored results; saying it twice connects once."""
    signals.result_voided.connect(_voided)
    signals.result_restored.connect(_restored)
