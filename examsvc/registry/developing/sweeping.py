"""What time does to a development: reminders before the deadline, and 视作放弃 at it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get, get_locked
from examsvc.core.identity import system
from examsvc.core.sweeps import Sweep
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.signals import deadline_near
from examsvc.registry.cases.states import CaseState
from examsvc.registry.developing import clock
from examsvc.registry.developing.models import Development

WORKER = system("worker")


def abandon_if_due(db: Session, case_id: UUID, now: datetime) -> None:
    """Abandon the case if its time is up, stamped at the moment it fell due, however late the worker is (D09)."""
    case = get_locked(db, Case, case_id)
    if case.state == CaseState.DEVELOPING and case.due_at and clock.is_overdue(case.due_at, now):
        cases.advance(db, case, CaseState.ABANDONED, by=WORKER, now=clock.lapses_at(case.due_at))


def remind_if_due(db: Session, case_id: UUID, now: datetime) -> None:
    """Announce a near deadline once for each threshold, and put it into the case's history."""
    case = get_locked(db, Case, case_id)
    found = get(db, Development, case_id)
    days = clock.reminder_due(found.due_at, now)
    if case.state != CaseState.DEVELOPING or found.next_reminder_at is None or found.next_reminder_at > now:
        return
    found.next_reminder_at = clock.next_reminder(found.due_at, now)
    if days is not None:
        found.reminders = [*found.reminders, {"days": days, "at": now.isoformat()}]
        audit.append(db, case.audit_stream, "development.reminded", by=WORKER, now=now, days=days)
        deadline_near.send(case, db=db, due_at=found.due_at, days=days, now=now)


def _overdue(db: Session, now: datetime) -> Iterable[UUID]:
    query = select(Case.id).where(Case.state == CaseState.DEVELOPING, Case.due_at < now)
    return db.scalars(query.order_by(Case.due_at)).all()


def _to_remind(db: Session, now: datetime) -> Iterable[UUID]:
    query = select(Development.case_id).join(Case).where(Development.next_reminder_at <= now)
    return db.scalars(query.where(Case.state == CaseState.DEVELOPING, Case.due_at >= now)).all()


SWEEPS = (
    Sweep("abandon overdue developments", _overdue, abandon_if_due, can_wait=True),
    Sweep("remind of developments", _to_remind, remind_if_due, can_wait=True),
)
