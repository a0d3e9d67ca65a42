"""Issuing what was decided: number, record, PDF and PNG, all in one transaction; a repeat finds nothing left to do."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from certificates import holders, numbering, printing, records
from certificates.models import Certificate, Decision
from certificates.states import CertificateState, DecisionOutcome, DecisionState
from examsvc.core import audit, blobs, canonical, states
from examsvc.core.clock import shanghai_date
from examsvc.core.db import get_locked
from examsvc.core.identity import Identity, system
from examsvc.core.sweeps import Sweep
from examsvc.delivery import identity_numbers
from examsvc.delivery.models import Candidate
from scoring.models import Result
from scoring.states import ResultState

BATCH = 50
ISSUER = system("worker")


def due(db: Session, now: datetime) -> Iterable[UUID]:  # noqa: ARG001 (a decision waits whatever the time is)
    """Return the decisions that wait for their certificate, oldest first; none on a result that became void since."""
    query = (
        select(Decision.id)
        .join(Decision.result)
        .where(Decision.state == DecisionState.DECIDED, Decision.outcome == DecisionOutcome.AWARD)
        .where(Result.state == ResultState.PUBLISHED)
        .order_by(Decision.decided_at)
        .limit(BATCH)
    )
    return list(db.scalars(query))


def settle(db: Session, decision_id: UUID, now: datetime) -> None:
    """Issue the decision's certificate unless another worker has or the result is void; raises CannotBePrinted."""
    decision = get_locked(db, Decision, decision_id)
    waits = (decision.state, decision.outcome) == (DecisionState.DECIDED, DecisionOutcome.AWARD)
    if waits and get_locked(db, Result, decision.result_id).state == ResultState.PUBLISHED:
        issue(db, decision, by=ISSUER, now=now)


SWEEP = Sweep("issue decided certificates", due, settle)


def issue(db: Session, decision: Decision, *, by: Identity, now: datetime) -> Certificate:
    """Issue a certificate on an award and return it; raises CannotBePrinted.

    沪人社职〔2025〕140号 四: 考核合格人员由考核机构颁发专项职业能力证书（或电子证书）.
    """
    issued_on = shanghai_date(now)
    number = numbering.PROVISIONAL.allot(issued_on.year)
    candidate = get_locked(db, Candidate, decision.result.enrolment.candidate_id)  # whose name may just be corrected
    record = records.record_of(decision, number, issued_on)
    identity_number = identity_numbers.unseal(candidate.identity_sealed)
    faces = printing.press().print(record, identity_number, issued_at=now)
    certificate = Certificate(
        decision=decision,
        number=number,
        holder_name=candidate.name,
        holder_index=holders.index(candidate.name, identity_number),
        issued_on=issued_on,
        state=CertificateState.VALID,
        record=record,
        digest=canonical.digest(record),
        pdf_digest=blobs.put(faces.pdf),
        png_digest=blobs.put(faces.png),
        issued_at=now,
    )
    db.add(certificate)
    db.flush()
    _announce(db, certificate, by=by, now=now)
    return certificate


def _announce(db: Session, certificate: Certificate, *, by: Identity, now: datetime) -> None:
    audit.append(
        db,
        certificate.audit_stream,
        "certificate.issued",
        by=by,
        now=now,
        number=certificate.number,
        digest=certificate.digest,
        pdf=certificate.pdf_digest,
        png=certificate.png_digest,
    )
    states.move(db, certificate.decision, DecisionState.SETTLED, by=by, now=now, certificate=certificate.id)
