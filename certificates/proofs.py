"""What is looked at to prove a certificate: each proof returns what does not hold, or nothing."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from certificates import deciding
from certificates.models import Certificate
from certificates.states import CertificateState, DecisionOutcome, DecisionState
from examsvc.core import audit, blobs, canonical
from examsvc.core.errors import NotFound
from examsvc.delivery import verifying
from scoring import outcomes, sheets
from scoring.models import ScoreSheet
from scoring.states import ResultState

_STATE_ACTIONS = {f"certificate.{state.lower()}": state for state in CertificateState} | {
    "certificate.issued": CertificateState.VALID
}


def responses(db: Session, certificate: Certificate) -> str:
    """Look whether the log of responses is whole and unaltered."""
    broken = verifying.verify_chain(db, certificate.decision.result.enrolment.sitting.id)
    return f"response {broken.epoch}/{broken.seq}: {broken.reason}" if broken else ""


def signed_sheets(db: Session, certificate: Certificate) -> str:
    """Look whether the marks are those that were signed."""
    altered = [str(one.sheet.id) for one in readings(db, certificate) if one.digest != one.sheet.digest]
    return f"the marks are not those that were signed: {', '.join(altered)}" if altered else ""


def result(db: Session, certificate: Certificate) -> str:
    """Look whether answers and marks make the stored result again."""
    result = certificate.decision.result
    if result.state == ResultState.VOID:
        return "the result is void by a ruling"
    again = outcomes.recompute(db, result.enrolment_id)
    if again.digest is None:
        return "the evidence is no longer complete"
    if again.digest != result.digest:
        return "answers and marks do not make the stored result"
    stored = (result.total, result.passed, result.breakdown)
    return "" if (again.total, again.passed, again.breakdown) == stored else "the stored result was altered"


def published(_db: Session, certificate: Certificate) -> str:
    """Look whether the result was published, and is a pass."""
    result = certificate.decision.result
    if result.state != ResultState.PUBLISHED:
        return f"the result is {result.state}"
    return "" if result.passed else "the result is not a pass"


def decision(db: Session, certificate: Certificate) -> str:
    """Look whether the decision stands on this result, was made by somebody who did not examine, and as recorded."""
    decision = certificate.decision
    if decision.result_digest != decision.result.digest:
        return "the decision was made on another result"
    if (decision.outcome, decision.state) != (DecisionOutcome.AWARD, DecisionState.SETTLED):
        return f"the decision is {decision.outcome}, {decision.state}"
    if deciding.examined(db, decision.decided_by_id, decision.result.enrolment_id):
        return "who decided also examined"
    entry = _entry(db, decision.audit_stream, "decision.made")
    told = (str(decision.decided_by_id), str(decision.outcome), decision.result_digest)
    return "" if entry and (entry.actor, *_told(entry, "outcome", "digest")) == told else "it is not what was recorded"


def record(_db: Session, certificate: Certificate) -> str:
    """Look whether the canonical record is unaltered and says what the rows say."""
    record = certificate.record
    if canonical.digest(record) != certificate.digest:
        return "the record was altered"
    row = canonical.plain(
        {
            "number": certificate.number,
            "decision": certificate.decision_id,
            "issued_on": certificate.issued_on,
            "result_digest": certificate.decision.result_digest,
            "total": certificate.decision.result.total,
        }
    )
    differing = [name for name, value in row.items() if record[name] != value]
    if record["holder"]["name"] != certificate.holder_name:
        differing.append("holder")
    return f"the record says another {', '.join(differing)}" if differing else ""


def issued(db: Session, certificate: Certificate) -> str:
    """Look whether the certificate's digests are those that were recorded when it was issued."""
    entry = _entry(db, certificate.audit_stream, "certificate.issued")
    told = [certificate.number, certificate.digest, certificate.pdf_digest, certificate.png_digest]
    return "" if entry and _told(entry, "number", "digest", "pdf", "png") == told else "it is not what was recorded"


def pdf(_db: Session, certificate: Certificate) -> str:
    """Look whether the stored PDF is there and unaltered."""
    return _bytes(certificate.pdf_digest)


def png(_db: Session, certificate: Certificate) -> str:
    """Look whether the stored PNG is there and unaltered."""
    return _bytes(certificate.png_digest)


def _bytes(digest: str) -> str:
    try:
        blobs.get(digest)
    except NotFound:
        return "the stored bytes are missing or were altered"
    return ""


def state(db: Session, certificate: Certificate) -> str:
    """Look whether the state is the one that was last recorded."""
    moves = [entry for entry in audit.history(db, certificate.audit_stream) if entry.action in _STATE_ACTIONS]
    told = _STATE_ACTIONS[moves[-1].action] if moves else None
    return "" if told == certificate.state else f"it is {certificate.state} but was last made {told}"


def readings(db: Session, certificate: Certificate) -> list[sheets.SheetReading]:
    """Return the holder's score sheets as their logs say now."""
    query = select(ScoreSheet).filter_by(enrolment_id=certificate.decision.result.enrolment_id)
    return sheets.read_all(db, db.scalars(query.order_by(ScoreSheet.id)).all())


def _entry(db: Session, stream: str, action: str) -> audit.AuditEntry | None:
    return next((entry for entry in audit.history(db, stream) if entry.action == action), None)


def _told(entry: audit.AuditEntry, *names: str) -> list[Any]:
    return [entry.detail.get(name) for name in names]
