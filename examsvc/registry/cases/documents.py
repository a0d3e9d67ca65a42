"""The files of cases and recommendations: kept once under their digest, never changed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit, blobs
from examsvc.core.identity import Identity
from examsvc.registry.cases.models import Case, CaseDocument, DocumentKind, Recommendation
from examsvc.registry.cases.uploads import Upload


def keep(
    db: Session,
    owner: Case | Recommendation,
    kind: DocumentKind,
    upload: Upload,
    *,
    topic: str = "",
    by: Identity,
    now: datetime,
) -> CaseDocument:
    """Keep a checked file with a case or a recommendation and return its entry; the same file twice is one entry."""
    digest = blobs.put(upload.data)
    where = {"case_id": owner.id} if isinstance(owner, Case) else {"recommendation_id": owner.id}
    query = select(CaseDocument).filter_by(**where, kind=kind, digest=digest)
    known = db.scalar(query)
    if known is not None:
        return known
    document = CaseDocument(
        **where,
        kind=kind,
        topic=topic,
        file_name=upload.file_name,
        media_type=upload.media_type,
        size_bytes=len(upload.data),
        digest=digest,
        uploaded_by_id=by.account_id,
        uploaded_by_name=by.name,
        uploaded_at=now,
    )
    db.add(document)
    db.flush()
    about = {"kind": str(kind), "document": document.id, "digest": digest, "size_bytes": document.size_bytes}
    audit.append(db, owner.audit_stream, "document.kept", by=by, now=now, **about)
    return document


def of_case(db: Session, case: Case) -> list[CaseDocument]:
    """Return the files of the case and of its recommendation, oldest first."""
    mine = (CaseDocument.case_id == case.id) | (CaseDocument.recommendation_id == case.recommendation_id)
    return list(db.scalars(select(CaseDocument).where(mine).order_by(CaseDocument.uploaded_at, CaseDocument.id)))
