"""An application as its readers see it: live while it may change, as it was signed afterwards."""

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.accounts.roles import Role
from examsvc.core.clock import shanghai_date
from examsvc.core.identity import Identity
from examsvc.registry import windows
from examsvc.registry.applications import beginning, conditions, loading
from examsvc.registry.applications.kinds import EvidenceTopic
from examsvc.registry.applications.materials import Materials, digest
from examsvc.registry.applications.models import Application
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Affiliation, Case, CaseReader
from examsvc.registry.cases.states import CaseState
from examsvc.registry.windows import WindowKind


def view(db: Session, case_id: UUID, *, by: Identity, now: datetime) -> dict[str, Any]:
    """Return the case's application with what it lacks and what the caller may do; raises NotFound."""
    case = cases.find(db, case_id, by=by)
    application = db.get(Application, case.id)
    place = cases.affiliation(db, by)
    head = {
        "case_id": case.id,
        "version": case.version,
        "state": str(case.state),
        "scheme_name": case.scheme_name,
        "organisation_name": case.organisation_name,
        "credit_code": case.credit_code,
        "window": _window(now),
        "permissions": _permissions(case, place, by),
    }
    if application is None:
        return {**head, "application": None, "materials": None, "materials_digest": None, "missing": []}
    return {**head, **_body(db, application, place, by=by, now=now)}


def _window(now: datetime) -> dict[str, Any]:
    """Return the organisations' window that is open, or else the next one (E04: who is late rolls on to it)."""
    held = windows.window_of(WindowKind.ORGANISATION, now)
    shown = held or windows.next_window(WindowKind.ORGANISATION, now)
    return {"is_open": held is not None, "opens_at": shown.opens_at, "closes_at": shown.closes_at}


def _permissions(case: Case, place: Affiliation | None, by: Identity) -> dict[str, bool]:
    is_own = _is_own(case, place) and by.has(Role.OFFICE)
    is_centre = by.has(Role.REGISTRAR)
    return {
        "may_open_account": is_centre and case.state in beginning.WITHDRAWABLE,
        "may_begin": is_own and case.state == CaseState.SCHEME_PUBLICISED,
        "may_edit": is_own and case.state == CaseState.APPLYING,
        "may_decide_eligibility": is_centre and case.state == CaseState.APPLYING,
        "may_export": is_own and case.organisation_id is not None,
        "may_withdraw": is_own and case.state in beginning.WITHDRAWABLE,
    }


def _is_own(case: Case, place: Affiliation | None) -> bool:
    return bool(place and place.organisation and place.organisation.credit_code == case.credit_code)


def _body(
    db: Session, application: Application, place: Affiliation | None, *, by: Identity, now: datetime
) -> dict[str, Any]:
    live = loading.materials_of(db, application)
    is_open = application.case.state == CaseState.APPLYING
    current = live.manifest()
    shown = current if is_open or application.materials is None else application.materials
    lacking = conditions.missing(live, day=shanghai_date(now)) if is_open else []
    is_named = _sees_names(db, application, place, by)
    return {
        "application": _facts(application, live, digest(current), is_open=is_open, is_named=is_named),
        "materials": shown if is_named else without_names(shown),
        "materials_digest": digest(shown),
        "missing": [asdict(one) for one in lacking],
    }


def _facts(application: Application, live: Materials, current: str, *, is_open: bool, is_named: bool) -> dict[str, Any]:
    signed = application.materials_digest
    standing = conditions.standing(live.statements.legal_kind, application.case.credit_code)
    names = ("eligibility", "eligibility_reason", "eligibility_at", "signed_at", "submitted_at", "exported_at")
    more = ("package_digest", "receipt_number", "receipt_on", "receipt_at", "receipt_document_id")
    return {
        **{name: getattr(application, name) for name in (*names, *more)},
        "package_id": application.package_id if is_named else None,
        "standing": standing,
        "district": application.district,
        "signer_name": application.signer_name if is_named else None,
        "signed_digest": signed,
        "signature": "NONE" if signed is None else "VOID" if is_open and signed != current else "VALID",
    }


def _sees_names(db: Session, application: Application, place: Affiliation | None, by: Identity) -> bool:
    """Names on rosters are for the organisation, the centre, its district, and experts of the case."""
    if by.has(Role.REGISTRAR) or (place and place.organisation_id == application.organisation_id):
        return True
    if by.has(Role.DISTRICT) and place and place.district == application.district:
        return True
    reads = select(CaseReader.case_id).filter_by(case_id=application.case_id, account_id=by.account_id)
    return db.scalar(reads) is not None


def without_names(manifest: dict[str, Any]) -> dict[str, Any]:
    """Return the materials for readers who need no personal data: rosters as kinds, qualifications and dates.

    Files with people's certificates are left out, as those readers do not get them.
    """
    staff = [{**member, "name": None, "certificate_number": None} for member in manifest["staff"]]
    statements = {**manifest["statements"], "department_head": None}
    evidence = [proof for proof in manifest["evidence"] if proof["topic"] != EvidenceTopic.STAFF]
    return {**manifest, "staff": staff, "statements": statements, "evidence": evidence}
