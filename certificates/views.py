"""Decisions and certificates as plain values, made while the transaction is open."""

from typing import Any

from certificates.models import Certificate, Decision
from certificates.states import CertificateState, DecisionOutcome, DecisionState


def decision(made: Decision) -> dict[str, Any]:
    """Return the decision as DecisionView shows it."""
    return {
        "decision_id": made.id,
        "result_id": made.result_id,
        "outcome": DecisionOutcome(made.outcome),
        "state": DecisionState(made.state),
        "note": made.note,
        "digest": made.result_digest,
        "decided_by": made.decided_by.display_name,
        "decided_at": made.decided_at,
    }


def certificate(issued: Certificate) -> dict[str, Any]:
    """Return the certificate as CertificateView shows it."""
    return {
        "certificate_id": issued.id,
        "decision_id": issued.decision_id,
        "result_id": issued.decision.result_id,
        "enrolment_id": issued.decision.result.enrolment_id,
        "number": issued.number,
        "holder_name": issued.holder_name,
        "scheme": issued.record["scheme"]["name"],
        "organisation": issued.record["organisation"]["name"],
        "state": CertificateState(issued.state),
        "issued_on": issued.issued_on,
        "issued_at": issued.issued_at,
        "digest": issued.digest,
    }
