"""Numbers of cases: 2026-Q4-0001, by the quarter in Shanghai in which the row was drafted; never given twice."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from examsvc.core.clock import shanghai_date
from examsvc.registry.recommending.models import CaseSeries

PLACES = 4
_MONTHS = 3


def allot(db: Session, *, now: datetime) -> str:
    """Return the next number of the quarter; others who ask wait until this transaction ends."""
    prefix = series(now)
    insert = postgresql.insert if db.get_bind().dialect.name == "postgresql" else sqlite.insert
    first = insert(CaseSeries).values(prefix=prefix, last=1)
    query = first.on_conflict_do_update(index_elements=["prefix"], set_={"last": CaseSeries.last + 1})
    return f"{prefix}-{db.scalars(query.returning(CaseSeries.last)).one():0{PLACES}d}"


def series(now: datetime) -> str:
    """Return the series of the quarter of `now` in Shanghai."""
    day = shanghai_date(now)
    return f"{day.year}-Q{(day.month - 1) // _MONTHS + 1}"
