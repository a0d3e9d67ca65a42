"""The public query: it answers only when number, name and identity number all belong together."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from certificates import holders, names, numbering
from certificates.errors import BadCertificateNumber, CertificateNotFound
from certificates.models import Certificate
from certificates.states import CertificateState


def find(db: Session, number: str, name: str, identity_number: str) -> dict[str, Any]:
    """Return what the public may know of the certificate; raises CertificateNotFound.

    Every miss looks the same and does the same work: one keyed digest and one select that finds nothing,
    whichever of the three was wrong, and also when the number is none at all.
    """
    wanted = (Certificate.number == normal(number), Certificate.holder_index == holders.index(name, identity_number))
    certificate = db.scalar(select(Certificate).where(*wanted))
    if certificate is None:
        raise CertificateNotFound
    return _public(certificate)


def normal(number: str) -> str:
    """Return the number as written on certificates, or the text itself when it is none."""
    try:
        return numbering.checked(number)
    except BadCertificateNumber:
        return number.strip()


def _public(certificate: Certificate) -> dict[str, Any]:
    record = certificate.record
    return {
        "state": CertificateState(certificate.state),
        "number": certificate.number,
        "holder_name": names.masked(record["holder"]["name"]),
        "identity_number": record["holder"]["identity_masked"],
        "scheme": record["scheme"]["name"],
        "occupation": f"{record['occupation']['name']} {record['occupation']['code']}",
        "organisation": record["organisation"]["name"],
        "credit_code": record["organisation"]["credit_code"],
        "filing_number": record["filing_number"],
        "exam_on": date.fromisoformat(record["exam_session"]["held_on"]),
        "issued_on": certificate.issued_on,
        "digest": certificate.digest,
    }
