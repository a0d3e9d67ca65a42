"""What falls due when: the deadlines of the cases one may read, and the windows of the notice."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from examsvc.core.clock import SHANGHAI
from examsvc.core.identity import Identity
from examsvc.registry import windows
from examsvc.registry.cases import service
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.states import OVER
from examsvc.registry.desks import counting
from examsvc.registry.desks.errors import SpanTooLong
from examsvc.registry.windows import Window, WindowKind

LONGEST_SPAN = timedelta(days=400)
MOST_DEADLINES = 1000


class DeadlineKind(StrEnum):
    DUE = "DUE"
    WINDOW_OPENS = "WINDOW_OPENS"
    WINDOW_CLOSES = "WINDOW_CLOSES"


def between(db: Session, first_on: date, last_on: date, *, by: Identity, own: bool = False) -> list[dict[str, Any]]:
    """Return what falls due from one Shanghai date to another, both inclusive, in order of time.

    `own` leaves out the cases that wait for others. Raises SpanTooLong.
    """
    if last_on - first_on > LONGEST_SPAN:
        raise SpanTooLong(days=LONGEST_SPAN.days)
    starts, ends = _midnight(first_on), _midnight(last_on + timedelta(days=1))
    whose = counting.waits_for(by) if own else service.readable(by)
    found = [*_of_cases(db, starts, ends, whose), *_of_windows(starts, ends)]
    return sorted(found, key=lambda one: (one["at"], one["kind"]))


def _of_cases(db: Session, starts: datetime, ends: datetime, whose: ColumnElement[bool]) -> Iterator[dict[str, Any]]:
    query = select(Case).where(whose, Case.due_at >= starts, Case.due_at < ends, Case.state.not_in(OVER))
    for case in db.scalars(query.order_by(Case.due_at, Case.id).limit(MOST_DEADLINES)):
        about = {"case_id": case.id, "number": case.number, "scheme_name": case.scheme_name, "state": case.state}
        yield {"at": case.due_at, "kind": DeadlineKind.DUE, "window": None, **about}


def _of_windows(starts: datetime, ends: datetime) -> Iterator[dict[str, Any]]:
    nothing = {"case_id": None, "number": None, "scheme_name": None, "state": None}
    for window in _windows(starts, ends):
        for kind, at in (
            (DeadlineKind.WINDOW_OPENS, window.opens_at),
            (DeadlineKind.WINDOW_CLOSES, window.closes_at),
        ):
            if starts <= at < ends:
                yield {"at": at, "kind": kind, "window": window.kind, **nothing}


def _windows(starts: datetime, ends: datetime) -> Iterator[Window]:
    years = range(starts.astimezone(SHANGHAI).year, ends.astimezone(SHANGHAI).year + 1)
    return (one for kind in WindowKind for year in years for one in windows.windows_of_year(kind, year))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, SHANGHAI).astimezone(UTC)
