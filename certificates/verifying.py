"""Proving a certificate again: from the raw answers and marks up to the printed bytes, step by step."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from certificates import numbering, proofs
from certificates.errors import CertificateNotFound
from certificates.models import Certificate
from examsvc.core import audit
from examsvc.core.db import only


@dataclass(frozen=True)
class Step:
    """One thing that was looked at; `fault` says what does not hold, or nothing."""

    name: str
    fault: str = ""

    @property
    def holds(self) -> bool:
        return not self.fault


def find(db: Session, number: str) -> Certificate:
    """Return the certificate; raises BadCertificateNumber, CertificateNotFound."""
    certificate = only(db, Certificate, number=numbering.checked(number))
    if certificate is None:
        raise CertificateNotFound
    return certificate


def steps(db: Session, certificate: Certificate) -> Iterator[Step]:
    """Yield every step with what was found, from the evidence up to the faces; nothing is written."""
    for name, look in PROOFS:
        yield Step(name, look(db, certificate))
    for stream in _streams(db, certificate):
        broken = audit.verify(db, stream)
        yield Step(f"audit {stream}", f"entry {broken.seq}: {broken.reason}" if broken else "")


PROOFS: tuple[tuple[str, Callable[[Session, Certificate], str]], ...] = (
    ("chain of responses", proofs.responses),
    ("signed score sheets", proofs.signed_sheets),
    ("result recomputed from answers and marks", proofs.result),
    ("result published and passed", proofs.published),
    ("decision", proofs.decision),
    ("canonical record", proofs.record),
    ("issue as recorded", proofs.issued),
    ("PDF bytes", proofs.pdf),
    ("PNG bytes", proofs.png),
    ("state as recorded", proofs.state),
)


def _streams(db: Session, certificate: Certificate) -> list[str]:
    result = certificate.decision.result
    enrolment = result.enrolment
    signed = [one.sheet.audit_stream for one in proofs.readings(db, certificate)]
    own = [certificate.audit_stream, result.audit_stream]
    return [enrolment.exam_session.audit_stream, enrolment.sitting.audit_stream, *signed, *own]
