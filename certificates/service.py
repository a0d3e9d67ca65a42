"""What the office does with issued certificates, and what others may ask."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from certificates import holders
from certificates.errors import ResultIsVoid
from certificates.models import Certificate, Decision
from certificates.states import CertificateState
from examsvc.accounts.roles import Role
from examsvc.core import blobs, states
from examsvc.core.db import get, get_locked
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from scoring.models import Result
from scoring.states import ResultState

KEEPERS = (Role.OFFICE, Role.DECISION_MAKER)


def suspend(db: Session, certificate_id: UUID, *, reason: str, by: Identity, now: datetime) -> Certificate:
    """Suspend a valid certificate 暂停; raises IllegalTransition."""
    return _move(db, certificate_id, CertificateState.SUSPENDED, reason, by, now)


def reinstate(db: Session, certificate_id: UUID, *, reason: str, by: Identity, now: datetime) -> Certificate:
    """Make a suspended certificate valid again; raises IllegalTransition, ResultIsVoid."""
    if get(db, Certificate, certificate_id).decision.result.state == ResultState.VOID:
        raise ResultIsVoid
    return _move(db, certificate_id, CertificateState.VALID, reason, by, now)


def withdraw(db: Session, certificate_id: UUID, *, reason: str, by: Identity, now: datetime) -> Certificate:
    """Withdraw a certificate 撤销 for ever; raises IllegalTransition."""
    return _move(db, certificate_id, CertificateState.WITHDRAWN, reason, by, now)


def _move(
    db: Session, certificate_id: UUID, target: CertificateState, reason: str, by: Identity, now: datetime
) -> Certificate:
    certificate = get_locked(db, Certificate, certificate_id)
    states.move(db, certificate, target, by=by, now=now, reason=reason)
    return certificate


def certificates_of(db: Session, exam_session_id: UUID) -> list[Certificate]:
    """Return the certificates issued for an exam session, oldest first."""
    query = (
        select(Certificate)
        .join(Certificate.decision)
        .join(Decision.result)
        .join(Result.enrolment)
        .filter_by(exam_session_id=exam_session_id)
        .options(contains_eager(Certificate.decision).contains_eager(Decision.result))
        .order_by(Certificate.issued_at, Certificate.number)
    )
    return list(db.scalars(query))


def pdf_of(db: Session, certificate_id: UUID, *, by: Identity) -> tuple[str, bytes]:
    """Return the number and the stored PDF, for its holder and those who keep it; raises NotFound to others."""
    certificate = _readable(db, certificate_id, by)
    return certificate.number, blobs.get(certificate.pdf_digest)


def png_of(db: Session, certificate_id: UUID, *, by: Identity) -> tuple[str, bytes]:
    """Return the number and the stored PNG, for its holder and those who keep it; raises NotFound to others."""
    certificate = _readable(db, certificate_id, by)
    return certificate.number, blobs.get(certificate.png_digest)


def _readable(db: Session, certificate_id: UUID, by: Identity) -> Certificate:
    certificate = get(db, Certificate, certificate_id)
    if by.has(*KEEPERS) or holders.is_held_by(certificate, by.account_id):
        return certificate
    raise NotFound(thing="certificates")  # as if there were none, so that ids cannot be probed
