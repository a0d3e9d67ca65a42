"""What happens to a filing afterwards: suspended, reinstated, withdrawn, announced to end. Reasons are published."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import Session

from examsvc.core import audit, states
from examsvc.core.clock import shanghai_date
from examsvc.core.db import get_locked, only
from examsvc.core.identity import Identity, system
from examsvc.core.sweeps import Sweep
from examsvc.registry.models import Filing, FilingState
from examsvc.registry.publicity.models import FilingWarning
from examsvc.registry.publicity.signals import filing_near_expiry
from examsvc.registry.publicity.validity import WARN_DAYS, warning_due

WORKER = system("worker")


def change_state(
    db: Session, filing_id: UUID, target: FilingState, reason: str, *, by: Identity, now: datetime
) -> Filing:
    """Suspend, reinstate (IN_FORCE) or withdraw a filing and return it; raises IllegalTransition, NotFound."""
    filing = get_locked(db, Filing, filing_id)
    states.move(db, filing, target, by=by, now=now, reason=reason)
    return filing


def _due(db: Session, now: datetime) -> Iterable[UUID]:
    """Return the filings in force that reached 180, 90 or 30 days before their end and were not announced since."""
    today = shanghai_date(now)
    reached = (Filing.valid_to_on <= today + timedelta(days=days) for days in WARN_DAYS)
    mine = exists().where(FilingWarning.filing_id == Filing.id)
    told = (mine.where(FilingWarning.days_before <= days) for days in WARN_DAYS)
    wanting = or_(*(and_(near, ~was_told) for near, was_told in zip(reached, told, strict=True)))
    return db.scalars(
        select(Filing.id).where(Filing.state == FilingState.IN_FORCE, Filing.valid_to_on >= today, wanting)
    ).all()


def _warn(db: Session, filing_id: UUID, now: datetime) -> None:
    filing = get_locked(db, Filing, filing_id)
    days = warning_due(filing.valid_to_on, day=shanghai_date(now))
    if days is None or filing.state != FilingState.IN_FORCE:
        return
    if only(db, FilingWarning, filing_id=filing_id, days_before=days):
        return
    db.add(FilingWarning(filing_id=filing_id, days_before=days, warned_at=now))
    about = {"days_before": days, "valid_to_on": filing.valid_to_on}
    audit.append(db, filing.audit_stream, "filing.near_expiry", by=WORKER, now=now, **about)
    filing_near_expiry.send(filing, db=db, days_before=days, by=WORKER, now=now)


SWEEP = Sweep("announce the end of filings", _due, _warn, can_wait=True)
