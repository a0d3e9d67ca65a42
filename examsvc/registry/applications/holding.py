"""An organisation's hand on its own case: found, locked, and open to changes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get_locked
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.registry.applications.errors import NotApplying
from examsvc.registry.applications.models import Application
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.states import CaseState


def take_own(db: Session, case_id: UUID, version: int, *, by: Identity) -> Case:
    """Return the case locked, for the organisation that it names; raises NotFound, CaseMovedOn, NoAffiliation."""
    case = cases.take(db, case_id, version, by=by)
    if case.credit_code != cases.own_organisation(db, by).credit_code:
        raise NotFound(thing="case")
    return case


def take_open(db: Session, case_id: UUID, version: int, *, by: Identity) -> Application:
    """Return the organisation's own application while it may be changed; raises NotApplying besides."""
    case = take_own(db, case_id, version, by=by)
    if case.state != CaseState.APPLYING:
        raise NotApplying(state=str(case.state))
    return get_locked(db, Application, case.id)


def note(db: Session, case: Case, action: str, *, by: Identity, now: datetime, **detail: Any) -> None:
    """Write a change into the case's history and count it; the detail names fields and ids, never people."""
    audit.append(db, case.audit_stream, action, by=by, now=now, **detail)
    cases.touch(case)
