"""The declaration: signed over the hash of what was shown, void with any change, then submitted in the window."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.clock import shanghai_date
from examsvc.core.identity import Identity
from examsvc.registry import windows
from examsvc.registry.applications import conditions, holding, loading
from examsvc.registry.applications.errors import (
    ApplicationIncomplete,
    MaterialsChanged,
    NotSigned,
)
from examsvc.registry.applications.materials import Materials, digest
from examsvc.registry.applications.models import Application
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.states import CaseState
from examsvc.registry.windows import WindowKind


def sign(
    db: Session, case_id: UUID, version: int, shown_digest: str, signer_name: str, *, by: Identity, now: datetime
) -> Application:
    """Sign the complete materials whose digest was shown; what is signed is kept whole.

    沪人社职〔2025〕140号 三(一)3: 对材料真实性、有效性、合法性负责 (D06).
    Raises MaterialsChanged when they are other materials by now, ApplicationIncomplete.
    """
    application = holding.take_open(db, case_id, version, by=by)
    materials = loading.materials_of(db, application)
    manifest = materials.manifest()
    if digest(manifest) != shown_digest:
        raise MaterialsChanged
    _check_complete(materials, now)
    application.materials, application.materials_digest = manifest, shown_digest
    application.signer_name, application.signed_at = signer_name, now
    holding.note(db, application.case, "application.signed", by=by, now=now, digest=shown_digest)
    return application


def is_signed(db: Session, application: Application) -> bool:
    """Return whether the signature covers the materials: while they can change, as they stand now."""
    if application.materials_digest is None:
        return False
    if application.case.state != CaseState.APPLYING:
        return True
    return digest(loading.materials_of(db, application).manifest()) == application.materials_digest


def submit(db: Session, case_id: UUID, version: int, *, by: Identity, now: datetime) -> Case:
    """Submit the application inside the organisations' window: 140号 三(二)2, 逾期不予受理 (E03).

    Raises OutOfWindow, ApplicationIncomplete, NotSigned.
    """
    application = holding.take_open(db, case_id, version, by=by)
    windows.open_window(WindowKind.ORGANISATION, now)
    _check_complete(loading.materials_of(db, application), now)
    if not is_signed(db, application):
        raise NotSigned
    application.submitted_at = now
    cases.advance(db, application.case, CaseState.APPLIED, by=by, now=now, digest=application.materials_digest)
    return application.case


def _check_complete(materials: Materials, now: datetime) -> None:
    """Judged on the day of the act: qualifications are valid on the submission date (C07)."""
    lacking = conditions.errors(conditions.missing(materials, day=shanghai_date(now)))
    if lacking:
        raise ApplicationIncomplete(missing=[{"code": one.code, "field": one.field} for one in lacking])
