"""On which days papers of an exam session may begin: its filing has to be in force on all of them (F01)."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.clock import shanghai_date
from examsvc.delivery import instants
from examsvc.delivery.instants import Course, Window
from examsvc.registry import service as registry
from examsvc.registry.models import Filing


def check(db: Session, filing_id: UUID, window: Window) -> Filing:
    """Return the filing if it is in force on the first and the last day, and so between; raises NotFound, NotFiled."""
    registry.filing_in_force(db, filing_id, day=shanghai_date(window.starts_at))
    return registry.filing_in_force(db, filing_id, day=last_day(window))


def check_moved(db: Session, filing_id: UUID, window: Window, starts_at: datetime) -> Filing:
    """Return the filing if it is in force on each day of a window that begins at another instant, as `check` does."""
    registry.filing_in_force(db, filing_id, day=shanghai_date(starts_at))  # before a sum that years may be too few for
    ends_at = window.ends_at + (starts_at - window.starts_at)
    return check(db, filing_id, replace(window, starts_at=starts_at, ends_at=ends_at))


def last_day(window: Window) -> date:
    """Return the last day in Shanghai on which entry is open; midnight at its end belongs to the day before."""
    entry_closes_at = instants.entry_closes_at(window, Course())
    return shanghai_date(max(window.starts_at, entry_closes_at - entry_closes_at.resolution))
