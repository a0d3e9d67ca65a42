"""Who may see which of a case's files and of its history, and who may add a file."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from examsvc.accounts.roles import Role
from examsvc.core.db import get
from examsvc.core.errors import NotAllowed, NotFound
from examsvc.core.identity import Identity
from examsvc.registry.applications.kinds import EvidenceTopic
from examsvc.registry.cases import documents, service, views
from examsvc.registry.cases.models import Case, CaseDocument, CaseProposal, DocumentKind
from examsvc.registry.cases.states import WAITS_FOR, CaseState
from examsvc.registry.cases.uploads import Upload
from examsvc.registry.desks.annex_schemas import ProposalView
from examsvc.registry.recommending import submitting

SEE_BATCHES = (Role.RECOMMENDER, Role.REGISTRAR, Role.BUREAU)
"""A batch and its sealed scan name other organisations too, so that these alone see them."""
CONFIDENTIAL = frozenset({DocumentKind.MINUTES})
"""Minutes name experts and what they said; the parties read the conclusion."""
SEE_CONFIDENTIAL = (Role.REGISTRAR, Role.BUREAU)
SEE_NAMES = (Role.OFFICE, Role.QUALITY_SUPERVISOR, Role.REGISTRAR, Role.DISTRICT, Role.EXPERT)
"""Who reads the names of an organisation's staff; the department and the bureau do without (`applications.viewing`)."""
_UPLOADERS: Mapping[DocumentKind, tuple[Role, ...]] = {
    DocumentKind.SEALED_SCAN: (Role.RECOMMENDER,),
    DocumentKind.CREDIT_CODE_PROOF: (Role.RECOMMENDER,),
    DocumentKind.EVIDENCE: (Role.OFFICE,),
    DocumentKind.APPLICATION_PACKAGE: (Role.OFFICE,),
    DocumentKind.APPLICATION_RECEIPT: (Role.OFFICE, Role.REGISTRAR),
    DocumentKind.DISTRICT_RECOMMENDATION: (Role.DISTRICT,),
    DocumentKind.MINUTES: (Role.REGISTRAR,),
    DocumentKind.NATIONAL_PACKAGE: (Role.REGISTRAR,),
    DocumentKind.NATIONAL_REPLY: (Role.REGISTRAR,),
    DocumentKind.BUREAU_CONSENT: (Role.BUREAU, Role.REGISTRAR),
}
_NO_PROPOSAL = dict.fromkeys(ProposalView._declared_fields, "")  # noqa: SLF001 (marshmallow's name for it)
_NO_MAIN_CONTENT: Mapping[str, Any] = {"definition": "", "work_tasks": [], "extra_sections": []}
DISTRICT_ACTS_IN = (CaseState.APPLYING, CaseState.APPLIED)


def case(db: Session, case_id: UUID, *, by: Identity) -> dict[str, Any]:
    """Return the case as the CaseView schema shows it; raises NotFound, also when it is somebody else's."""
    query = select(Case).where(Case.id == case_id, service.readable(by))
    found = db.scalar(query.options(joinedload(Case.department), joinedload(Case.recommendation)))
    if found is None:
        raise NotFound(thing="case")
    written = db.get(CaseProposal, case_id)
    return {
        **views.line(found),
        "reason": found.reason,
        "proposal": {**_NO_PROPOSAL, **written.proposal} if written else None,
        "main_content": {**_NO_MAIN_CONTENT, **written.main_content} if written else None,
        "documents": [kept for kept in documents.of_case(db, found) if sees(kept, by=by)],
        "recommendation": found.recommendation,
        "may_withdraw": submitting.may_withdraw(db, found, by=by),
        "upload_kinds": [kind for kind in DocumentKind if may_upload(found, kind, by=by)],
    }


def sees(document: CaseDocument, *, by: Identity) -> bool:
    """Return whether somebody who may read the case may also see this file of it."""
    if document.case_id is None and not by.has(*SEE_BATCHES):
        return False
    if _names_staff(document) and not by.has(*SEE_NAMES):
        return False
    return document.kind not in CONFIDENTIAL or by.has(*SEE_CONFIDENTIAL)


def _names_staff(document: CaseDocument) -> bool:
    """Return whether rosters or people's certificates are in the file."""
    is_certificate = document.kind == DocumentKind.EVIDENCE and document.topic == EvidenceTopic.STAFF
    return is_certificate or document.kind == DocumentKind.APPLICATION_PACKAGE


def document(db: Session, case_id: UUID, document_id: UUID, *, by: Identity) -> CaseDocument:
    """Return a file of the case; raises NotFound, also when the case or the file is not the person's to see."""
    owner, found = service.find(db, case_id, by=by), get(db, CaseDocument, document_id)
    if found.case_id != owner.id and found.recommendation_id != owner.recommendation_id:
        raise NotFound(thing="document")
    if not sees(found, by=by):
        raise NotFound(thing="document")
    return found


def may_upload(found: Case, kind: DocumentKind, *, by: Identity) -> bool:
    """Return whether the case waits for somebody like this person, who may read it, with a file of this kind."""
    role = WAITS_FOR.get(found.state)
    is_turn = role is not None and by.has(role)
    is_districts = found.state in DISTRICT_ACTS_IN and by.has(Role.DISTRICT)
    return (is_turn or is_districts) and by.has(*_UPLOADERS.get(kind, tuple(Role)))


def upload(
    db: Session, case_id: UUID, kind: DocumentKind, file: Upload, *, topic: str, by: Identity, now: datetime
) -> CaseDocument:
    """Keep a checked file with the case for somebody who acts in it now; raises NotFound, NotAllowed."""
    owner = service.find(db, case_id, by=by)
    if not may_upload(owner, kind, by=by):
        raise NotAllowed
    return documents.keep(db, owner, kind, file, topic=topic, by=by, now=now)
