"""The centre posts public notices, and takes them back with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core import audit, states
from examsvc.core.clock import shanghai_date
from examsvc.core.db import get_locked
from examsvc.core.identity import Identity
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Case
from examsvc.registry.publicity import ending, numbering, spans
from examsvc.registry.publicity.errors import NotInOrder
from examsvc.registry.publicity.models import Notice, NoticeCase
from examsvc.registry.publicity.states import BEFORE, DURING, NoticeKind, NoticeState

INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True)
class NoticePlan:
    """A notice to be posted; `working_days` is demanded for schemes and left out for organisations."""

    kind: NoticeKind
    title: str
    text: str
    working_days: int | None = None
    counting: spans.Counting = spans.DEFAULT_COUNTING


@dataclass(frozen=True)
class Seen:
    """A case, at the version that was seen."""

    case_id: UUID
    version: int


def post(db: Session, plan: NoticePlan, seen: Sequence[Seen], *, by: Identity, now: datetime) -> Notice:
    """Post a notice of several cases and return it; it is open from now on.

    140号 三(四): only after the city bureau agreed (D10), which is the state BUREAU_AGREED.
    Raises LengthMissing, LengthFixed, NotInOrder, HolidaysUnknown, CaseMovedOn, NotFound.
    """
    span = spans.of(db, plan.kind, shanghai_date(now), plan.working_days, plan.counting)
    notice = Notice(
        kind=plan.kind,
        number=numbering.NOTICE.allot(shanghai_date(now).year),
        title=plan.title,
        text=plan.text,
        working_days=span.working_days,
        policy=str(span.counting),
        posted_at=now,
        opens_on=span.opens_on,
        ends_on=span.ends_on,
        ends_at=span.ends_at,
    )
    db.add(notice)
    db.flush()
    audit.append(db, notice.audit_stream, "notice.posted", by=by, now=now, ends_on=span.ends_on, policy=notice.policy)
    positions = {one.case_id: position for position, one in enumerate(seen, start=1)}
    for one in sorted(seen, key=lambda each: each.case_id):
        case = cases.take(db, one.case_id, one.version, by=by)
        _enter(db, notice, case, positions[case.id], by=by, now=now)
    return notice


def _enter(db: Session, notice: Notice, case: Case, position: int, *, by: Identity, now: datetime) -> None:
    wanted = BEFORE[notice.kind]
    if case.state != wanted:
        raise NotInOrder(number=case.number, state=str(case.state), wanted=str(wanted))
    db.add(NoticeCase(notice_id=notice.id, case_id=case.id, position=position))
    last_instant = notice.ends_at - INSTANT  # a case's `due_at` lies inside its last day, as every deadline does
    cases.advance(db, case, DURING[notice.kind], by=by, now=now, due_at=last_instant, notice=notice.id)


def cancel(db: Session, notice_id: UUID, reason: str, *, by: Identity, now: datetime) -> Notice:
    """Take an open notice back: its cases wait for another one. Raises IllegalTransition once it is over."""
    notice = ending.end_if_due(db, get_locked(db, Notice, notice_id).id, now)
    notice.cancelled_because = reason
    states.move(db, notice, NoticeState.CANCELLED, by=by, now=now, reason=reason)
    for case in ending.staying(db, notice):
        cases.advance(db, case, BEFORE[notice.kind], by=by, now=now, notice=notice.id, reason=reason)
    return notice
