"""What pages notice, recorded in rounds: one transaction for all that came while the last one was under way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import pressure
from examsvc.core.db import Database
from examsvc.core.errors import Refusal
from examsvc.core.identity import Identity
from examsvc.core.rounds import Alone
from examsvc.core.shared_transactions import SharedTransactions
from examsvc.delivery import finding
from examsvc.delivery.models import Sitting
from proctoring import live, watching
from proctoring.watching import Noticed, Recorded


@dataclass(frozen=True)
class Report:
    """Something that the page of somebody's own sitting noticed, as it arrived."""

    sitting_id: UUID
    noticed: Noticed
    by: Identity
    now: datetime


def record(database: Database, report: Report) -> None:
    """Have it recorded and committed; raises what `watching.report` raises."""
    try:
        recorded = _reports.join(database, report)
    except Alone:
        with database.transaction() as db:
            watching.report(db, report.sitting_id, [report.noticed], by=report.by, now=report.now)
    else:
        watching.tell(recorded)  # by each who reported: a wall that is slow to tell holds up nobody's event


def record_each(db: Session, reports: Sequence[Report]) -> list[Recorded | Alone]:
    """Record what nothing is the matter with; the others are Alone."""
    sittings = {each.id: each for each in finding.all_found(db, {report.sitting_id for report in reports})}
    return [_recorded(db, sittings.get(report.sitting_id), report) for report in reports]


def _recorded(db: Session, sitting: Sitting | None, report: Report) -> Recorded | Alone:
    try:
        own = finding.checked_own(sitting, report.by)
    except Refusal:
        return Alone()
    if own.state.is_over or not live.may_report(own.id, 1, report.now):
        return Alone()
    return watching.add(db, own, report.noticed, now=report.now)


_reports: SharedTransactions[Report, Recorded] = SharedTransactions(
    "events", record_each, gathers=pressure.gathering_seconds
)
