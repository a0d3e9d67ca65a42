"""The development of a case: begun when the organisation passes, ended when both parts are handed in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.calendar import deadlines, holidays
from examsvc.core.db import get
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.signals import case_advanced
from examsvc.registry.cases.states import CaseState
from examsvc.registry.developing import clock
from examsvc.registry.developing.errors import DevelopmentOverdue, NotDeveloping
from examsvc.registry.developing.models import Development


def subscribe() -> None:
    """Start and resume the clock of whatever case comes into development."""
    case_advanced.connect(_keep_time, weak=False)


def begin(db: Session, case: Case, *, by: Identity, now: datetime) -> Development:
    """Move a case whose organisation passed into development and return its clock; raises HolidaysUnknown."""
    cases.advance(db, case, CaseState.DEVELOPING, by=by, now=now)
    return get(db, Development, case.id)


def take(db: Session, case_id: UUID, version: int, *, by: Identity, now: datetime) -> tuple[Case, Development]:
    """Return the locked case with its development, for its own organisation to hand something in.

    Raises NotFound (also for somebody else's), CaseMovedOn, NotDeveloping, and DevelopmentOverdue whether or not the
    worker has come by.
    """
    case = cases.take(db, case_id, version, by=by)
    if cases.own_organisation(db, by).credit_code != case.credit_code:
        raise NotFound(thing="case")
    found = db.get(Development, case_id)
    if found is not None and case.state in (CaseState.DEVELOPING, CaseState.ABANDONED):
        _refuse_overdue(found, now)
    if found is None or case.state != CaseState.DEVELOPING:
        raise NotDeveloping(state=str(case.state))
    return case, found


def record_bank(
    db: Session,
    case: Case,
    bank_id: UUID,
    name: str,
    coverage: Sequence[dict[str, Any]],
    *,
    by: Identity,
    now: datetime,
) -> None:
    """Record the bank that the question bank checked, with what it held; ends the development when both are there."""
    found = get(db, Development, case.id)
    found.bank_id, found.bank_name, found.bank_handed_in_at = bank_id, name, now
    found.coverage = list(coverage)
    counts = {str(row["number"]): row["items"] for row in coverage}
    audit.append(db, case.audit_stream, "development.bank_handed_in", by=by, now=now, bank=bank_id, items=counts)
    settle(db, case, found, by=by, now=now)


def settle(db: Session, case: Case, found: Development, *, by: Identity, now: datetime) -> None:
    """Stop the clock when both parts are handed in (domain.md 1.11 no. 3); count a change of the case otherwise."""
    if found.specification_handed_in_at and found.bank_handed_in_at:
        cases.advance(db, case, CaseState.HANDED_IN, by=by, now=now)
    else:
        cases.touch(case)


def _keep_time(case: Case, *, db: Session, came_from: CaseState, by: Identity, now: datetime, **_: Any) -> None:  # noqa: ARG001 (the signal's form)
    if case.state != CaseState.DEVELOPING:
        return
    found = db.get(Development, case.id) or _started(db, case, now)
    _refuse_overdue(found, now)
    case.due_at = found.due_at


def _started(db: Session, case: Case, now: datetime) -> Development:
    policy = deadlines.policy_in_use()
    end = clock.deadline(now, policy, holidays.calendar(db))
    found = Development(
        case_id=case.id,
        started_at=now,
        last_on=end.last_on,
        due_at=end.due_at,
        policy=policy,
        next_reminder_at=clock.next_reminder(end.due_at, now),
    )
    db.add(found)
    db.flush()
    return found


def _refuse_overdue(found: Development, now: datetime) -> None:
    """Raise DevelopmentOverdue. A review that took past the old deadline can thus no longer send the case back."""
    if clock.is_overdue(found.due_at, now):
        raise DevelopmentOverdue(due_at=found.due_at.isoformat())
