"""The package for the external self-service system, and what that system answered (D05)."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import blobs
from examsvc.core.clock import shanghai_date
from examsvc.core.db import get_locked
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.registry.annexes import packages
from examsvc.registry.annexes.packages import Entry
from examsvc.registry.applications import holding, signing
from examsvc.registry.applications.errors import DateInFuture, NotSigned
from examsvc.registry.applications.models import Application
from examsvc.registry.cases import documents
from examsvc.registry.cases.models import DocumentKind
from examsvc.registry.cases.uploads import Upload
from examsvc.registry.policy import INTAKE_MAILBOX

MATERIALS_FILE = "申报材料.json"


def export(db: Session, case_id: UUID, version: int, *, by: Identity, now: datetime) -> Application:
    """Pack what was signed for the 自助经办系统 and keep the package with the case; raises NotSigned.

    沪人社职〔2025〕140号 三(一)3. That system's list of fields is not published, so the package holds all of them.
    """
    application = _own(db, case_id, version, by=by)
    if application.materials is None or not signing.is_signed(db, application):
        raise NotSigned
    # One letter may speak for several sites: the same file under the same name goes in once.
    entries = {entry.name.casefold(): entry for entry in _entries(application.materials)}
    data = packages.pack(list(entries.values()), _about(application, application.materials))
    name = packages.safe_name(f"{application.case.number}-申报材料包") + ".zip"
    kept = documents.keep(
        db, application.case, DocumentKind.APPLICATION_PACKAGE, Upload(name, "zip", data), by=by, now=now
    )
    application.exported_at, application.package_id, application.package_digest = now, kept.id, kept.digest
    holding.note(db, application.case, "application.exported", by=by, now=now, digest=kept.digest)
    return application


def _about(application: Application, materials: dict[str, Any]) -> dict[str, Any]:
    return {
        "mailbox": INTAKE_MAILBOX,
        "case": materials["case"],
        "organisation": materials["organisation"],
        "materials_digest": application.materials_digest,
        "signed_at": application.signed_at.isoformat() if application.signed_at else None,
        "signer_name": application.signer_name,
    }


def _entries(materials: dict[str, Any]) -> Iterator[Entry]:
    yield Entry(MATERIALS_FILE, json.dumps(materials, ensure_ascii=False, indent=2, sort_keys=True).encode())
    for proof in materials["evidence"]:
        # The digest's beginning keeps two files of one name apart.
        name = packages.safe_name(f"{proof['digest'][:8]}-{proof['file_name']}")
        yield Entry(f"{proof['topic']}/{name}", blobs.get(proof["digest"]))
    for centre in materials["centres"]:
        said = centre["recommendation"]
        if said and said["document_digest"]:
            name = packages.safe_name(f"{said['document_digest'][:8]}-{said['document_name']}")
            yield Entry(f"DISTRICT_RECOMMENDATION/{name}", blobs.get(said["document_digest"]))


def record_receipt(
    db: Session,
    case_id: UUID,
    version: int,
    number: str,
    received_on: date,
    upload: Upload,
    *,
    by: Identity,
    now: datetime,
) -> Application:
    """Record the external system's receipt; raises NotSigned before a package was exported, DateInFuture."""
    application = _own(db, case_id, version, by=by)
    if application.exported_at is None:
        raise NotSigned
    if received_on > shanghai_date(now):
        raise DateInFuture
    kept = documents.keep(db, application.case, DocumentKind.APPLICATION_RECEIPT, upload, by=by, now=now)
    application.receipt_number, application.receipt_on, application.receipt_at = number, received_on, now
    application.receipt_document_id = kept.id
    holding.note(db, application.case, "application.receipt", by=by, now=now, number=number, document=kept.id)
    return application


def _own(db: Session, case_id: UUID, version: int, *, by: Identity) -> Application:
    case = holding.take_own(db, case_id, version, by=by)
    if case.organisation_id is None:
        raise NotFound(thing="application")
    return get_locked(db, Application, case.id)
