"""What a certificate says to another name of its holder: while it stands in the old one, that stays."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from certificates.errors import NameCertified
from certificates.models import Certificate, Decision
from certificates.states import CertificateState
from examsvc.delivery import signals
from examsvc.delivery.models import Candidate, Enrolment
from scoring.models import Result


def subscribe() -> None:
    """Hear of candidates whose names are corrected; saying it twice connects once."""
    signals.name_corrected.connect(_corrected)


def _corrected(candidate: Candidate, *, db: Session, now: datetime) -> None:  # noqa: ARG001 (the signal's)
    """Raise NameCertified while a certificate of the candidate stands, valid or suspended."""
    query = select(Certificate.number).join(Certificate.decision).join(Decision.result).join(Result.enrolment)
    standing = query.where(Enrolment.candidate_id == candidate.id, Certificate.state != CertificateState.WITHDRAWN)
    number = db.scalar(standing.order_by(Certificate.issued_at.desc(), Certificate.id).limit(1))
    if number is not None:
        raise NameCertified(number=number)
