"""Filling an application in: statements, evidence, and the centre's word on doubtful kinds."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.clock import shanghai_date
from examsvc.core.db import get, get_locked
from examsvc.core.identity import Identity
from examsvc.registry.applications import conditions, holding
from examsvc.registry.applications.conditions import Standing
from examsvc.registry.applications.errors import DateInFuture, NoDecisionNeeded, NotApplying
from examsvc.registry.applications.kinds import ANSWERS, EligibilityDecision, EvidenceTopic
from examsvc.registry.applications.materials import Statements
from examsvc.registry.applications.models import Application, ApplicationEvidence
from examsvc.registry.cases import documents
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import DocumentKind
from examsvc.registry.cases.states import CaseState
from examsvc.registry.cases.uploads import Upload


@dataclass(frozen=True)
class Filled:
    """Statements and confirmed answers, replaced together."""

    statements: Statements
    answers: dict[str, bool]


def fill(db: Session, case_id: UUID, version: int, filled: Filled, *, by: Identity, now: datetime) -> Application:
    """Replace what the organisation says of itself; another legal kind asks for the centre's decision anew."""
    application = holding.take_open(db, case_id, version, by=by)
    said = filled.statements
    if said.credit_checked_on and said.credit_checked_on > shanghai_date(now):
        raise DateInFuture
    if said.legal_kind != application.legal_kind:
        application.eligibility, application.eligibility_reason, application.eligibility_at = None, "", None
    changed = [name for name in vars(said) if getattr(application, name) != getattr(said, name)]
    for name in changed:
        setattr(application, name, getattr(said, name))
    application.answers = {name: bool(filled.answers.get(name)) for name in ANSWERS}
    holding.note(db, application.case, "application.filled", by=by, now=now, fields=changed)
    return application


def attach(
    db: Session, case_id: UUID, version: int, topic: EvidenceTopic, upload: Upload, *, by: Identity, now: datetime
) -> Application:
    """Keep a checked file and let it prove a condition; one file may prove several."""
    application = holding.take_open(db, case_id, version, by=by)
    document = documents.keep(db, application.case, DocumentKind.EVIDENCE, upload, topic=str(topic), by=by, now=now)
    key = (application.case_id, topic, document.id)
    if db.get(ApplicationEvidence, key) is None:
        db.add(ApplicationEvidence(case_id=application.case_id, topic=topic, document_id=document.id, attached_at=now))
    holding.note(db, application.case, "evidence.attached", by=by, now=now, topic=str(topic), document=document.id)
    return application


def detach(
    db: Session, case_id: UUID, version: int, topic: EvidenceTopic, document_id: UUID, *, by: Identity, now: datetime
) -> Application:
    """Let a file no longer prove a condition; the file itself stays with the case. Raises NotFound."""
    application = holding.take_open(db, case_id, version, by=by)
    db.delete(get(db, ApplicationEvidence, (application.case_id, topic, document_id)))
    holding.note(db, application.case, "evidence.detached", by=by, now=now, topic=str(topic), document=document_id)
    return application


def decide_eligibility(
    db: Session,
    case_id: UUID,
    version: int,
    decision: EligibilityDecision,
    reason: str,
    *,
    by: Identity,
    now: datetime,
) -> Application:
    """Record the centre's decision on a 事业单位 or a public school (C05); raises NoDecisionNeeded, NotApplying."""
    case = cases.take(db, case_id, version, by=by)
    if case.state != CaseState.APPLYING:
        raise NotApplying(state=str(case.state))
    application = get_locked(db, Application, case.id)
    if conditions.standing(application.legal_kind, case.credit_code) != Standing.NEEDS_DECISION:
        raise NoDecisionNeeded
    application.eligibility, application.eligibility_reason, application.eligibility_at = decision, reason, now
    holding.note(db, case, "application.eligibility", by=by, now=now, decision=str(decision), reason=reason)
    return application
