"""The end of a public notice: stamped at the instant it fell due, however late somebody looks."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from examsvc.core import states
from examsvc.core.db import get_locked
from examsvc.core.identity import Identity, system
from examsvc.core.sweeps import Sweep
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.signals import case_advanced
from examsvc.registry.cases.states import CaseState
from examsvc.registry.publicity import openness
from examsvc.registry.publicity.models import Notice, NoticeCase
from examsvc.registry.publicity.states import AFTER, DURING, NoticeKind, NoticeState

WORKER = system("worker")


def end_if_due(db: Session, notice_id: UUID, now: datetime) -> Notice:
    """End the notice if its time is over, with its cases; return it, locked."""
    notice = get_locked(db, Notice, notice_id)
    if notice.state == NoticeState.OPEN and notice.ends_at <= now:
        states.move(db, notice, NoticeState.ENDED, by=WORKER, now=notice.ends_at)
        for case in staying(db, notice):
            _publicise(db, notice, case)
    return notice


def settle_case(db: Session, case_id: UUID, now: datetime) -> None:
    """End the notices of a case that are over, before somebody acts on the case."""
    query = select(Notice.id).join(NoticeCase).where(NoticeCase.case_id == case_id)
    for notice_id in db.scalars(query.where(*_over(now))).all():
        end_if_due(db, notice_id, now)


def subscribe() -> None:
    """Take cases that are withdrawn out of the notice that they are in."""
    case_advanced.connect(_leave_withdrawn)


def staying(db: Session, notice: Notice) -> list[Case]:
    """Return the cases that are still in the notice, locked in the order of their ids, so that none waits in a ring."""
    query = select(NoticeCase.case_id).filter_by(notice_id=notice.id, left_at=None)
    locked = [get_locked(db, Case, case_id) for case_id in sorted(db.scalars(query))]
    return [case for case in locked if case.state == DURING[notice.kind]]


def publicise_scheme(db: Session, case: Case, *, by: Identity, now: datetime) -> None:
    """Let a scheme go on whose notice is over, once its last objection is dismissed."""
    query = select(Notice).join(NoticeCase).where(NoticeCase.case_id == case.id, NoticeCase.left_at.is_(None))
    notice = db.scalar(query.where(Notice.kind == NoticeKind.SCHEMES, Notice.state == NoticeState.ENDED))
    if notice and case.state == DURING[NoticeKind.SCHEMES] and not openness.open_objections(db, case.id):
        cases.advance(db, case, AFTER[NoticeKind.SCHEMES], by=by, now=now, notice=notice.id)


def _publicise(db: Session, notice: Notice, case: Case) -> None:
    """Move a case on. A scheme with an open objection stays: nothing after this state would wait for the answer.

    An organisation's case goes on to PUBLICISED and its filing waits instead (D12).
    """
    if notice.kind == NoticeKind.SCHEMES and openness.open_objections(db, case.id):
        return
    cases.advance(db, case, AFTER[notice.kind], by=WORKER, now=notice.ends_at, notice=notice.id)


def _leave_withdrawn(case: Case, *, db: Session, came_from: CaseState, now: datetime, **_: Any) -> None:
    """Say on the page that the case left, and receive no more objections to it."""
    if case.state == CaseState.WITHDRAWN and came_from in DURING.values():
        query = select(NoticeCase).join(Notice).where(NoticeCase.case_id == case.id, NoticeCase.left_at.is_(None))
        for place in db.scalars(query.where(Notice.state != NoticeState.CANCELLED)):
            place.left_at = now


def _over(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Notice.state == NoticeState.OPEN, Notice.ends_at <= now


def _due(db: Session, now: datetime) -> Iterable[UUID]:
    return db.scalars(select(Notice.id).where(*_over(now)).order_by(Notice.ends_at)).all()


def _settle(db: Session, notice_id: UUID, now: datetime) -> None:
    end_if_due(db, notice_id, now)


SWEEP = Sweep("end public notices", _due, _settle, can_wait=True)
