"""The canonical record of a certificate: what every face of it says, and nothing that a face must not say."""

import secrets
from datetime import date
from typing import Any

from certificates.models import Decision
from examsvc.core import canonical
from examsvc.core.clock import shanghai_date
from examsvc.delivery import identity_numbers
from examsvc.delivery.models import Candidate, ExamSession
from examsvc.registry.models import Filing

SCHEMA = "examsvc.certificate/1"
NONCE_BYTES = 32


def record_of(decision: Decision, number: str, issued_on: date) -> dict[str, Any]:
    """Return the record of a certificate to be issued, with a fresh nonce; the identity number is not in it."""
    result = decision.result
    enrolment = result.enrolment
    record = {
        "schema": SCHEMA,
        "number": number,
        "holder": _holder(enrolment.candidate),
        **_assessed(enrolment.exam_session.filing),
        "exam_session": _exam_session(enrolment.exam_session),
        "total": result.total,
        "result_digest": decision.result_digest,
        "decision": decision.id,
        "issued_on": issued_on,
        "nonce": secrets.token_hex(NONCE_BYTES),
    }
    plain: dict[str, Any] = canonical.plain(record)
    return plain


def _holder(candidate: Candidate) -> dict[str, Any]:
    number = identity_numbers.unseal(candidate.identity_sealed)
    return {
        "name": candidate.name,
        "document_type": candidate.document_type,
        "identity_index": candidate.identity_index,
        "identity_masked": identity_numbers.masked(number),
        "photo_digest": candidate.photo_digest,
    }


def _assessed(filing: Filing) -> dict[str, Any]:
    specification = filing.specification
    scheme, organisation = specification.scheme, filing.organisation
    return {
        "scheme": {"name": scheme.name, "specification_version": specification.version},
        "occupation": {"code": scheme.occupation_code, "name": scheme.occupation_name},
        "organisation": {"name": organisation.name, "credit_code": organisation.credit_code},
        "filing_number": filing.number,
    }


def _exam_session(exam_session: ExamSession) -> dict[str, Any]:
    return {"code": exam_session.code, "held_on": shanghai_date(exam_session.starts_at)}
