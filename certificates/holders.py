"""Who holds a certificate: finding it by name and identity number together, without reading either."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from certificates import names
from certificates.models import Certificate, Decision
from examsvc.core.sealing import sealer
from examsvc.delivery.models import Candidate, Enrolment
from scoring.models import Result

PURPOSE = "certificate-holder"


def index(name: str, identity_number: str) -> str:
    """Return the blind index of the pair; both are taken as people type them."""
    number = "".join(identity_number.split()).upper()
    return sealer().blind_index(PURPOSE, f"{names.folded(name)}\n{number}")


def own_certificates(db: Session, account_id: UUID | None) -> list[Certificate]:
    """Return the certificates of the candidate whose account it is, newest first."""
    query = (
        select(Certificate)
        .join(Certificate.decision)
        .join(Decision.result)
        .join(Result.enrolment)
        .join(Enrolment.candidate)
        .where(Candidate.account_id == account_id)
        .options(contains_eager(Certificate.decision).contains_eager(Decision.result))
        .order_by(Certificate.issued_at.desc())
    )
    return list(db.scalars(query))


def is_held_by(certificate: Certificate, account_id: UUID | None) -> bool:
    """Return whether the certificate is the account's own."""
    return certificate.decision.result.enrolment.candidate.account_id == account_id
