"""The sealed scan of annex 1 (H01), and whether the batch still says what was sealed."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit, canonical
from examsvc.core.identity import Identity
from examsvc.registry.cases import documents
from examsvc.registry.cases.models import Case, CaseDocument, DocumentKind, Recommendation
from examsvc.registry.cases.uploads import Upload
from examsvc.registry.recommending import batches, drafts

SEALED = "recommendation.sealed"
_PRINTED = (
    *("occupation_code", "occupation_name", "scheme_name", "industries", "organisation_name", "credit_code"),
    *("expected_candidates", "reason"),
)


def keep_scan(db: Session, recommendation_id: UUID, upload: Upload, *, by: Identity, now: datetime) -> CaseDocument:
    """Keep the scan of annex 1 with the department's seal and return its entry; raises as `batches.drafting` does."""
    batch = batches.drafting(db, recommendation_id, by=by)
    document = documents.keep(db, batch, DocumentKind.SEALED_SCAN, upload, by=by, now=now)
    detail = {"document": document.id, "annex_1": _fingerprint(batch, drafts.of_batch(db, batch))}
    audit.append(db, batch.audit_stream, SEALED, by=by, now=now, **detail)
    batches.touch(batch)
    return document


def lack(db: Session, batch: Recommendation, rows: Sequence[Case]) -> str | None:
    """Return sealed_scan_missing, sealed_scan_outdated when annex 1 said something else than now, or None."""
    sealed = [entry.detail["annex_1"] for entry in audit.history(db, batch.audit_stream) if entry.action == SEALED]
    if not sealed:
        return "sealed_scan_missing"
    return None if _fingerprint(batch, rows) in sealed else "sealed_scan_outdated"


def _fingerprint(batch: Recommendation, rows: Sequence[Case]) -> str:
    """Return the digest of what annex 1 prints."""
    printed = [[getattr(row, name) for name in _PRINTED] for row in rows]
    return canonical.digest({"contact": [batch.contact_name, batch.contact_phone], "rows": printed})
