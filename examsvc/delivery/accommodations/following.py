"""Having sittings follow from what was decided for many: it is stored whom that is for, then they follow in portions.

Each portion is a transaction of its own, so that an answer never waits for more than one. A sitting is given what is in
force when its turn comes; so it may come twice, and nothing has an order.
"""

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import Select, delete, func, insert, literal, select
from sqlalchemy.orm import Session

from examsvc.accounts.models import Account
from examsvc.core import ids, sweeps
from examsvc.core.db import Database, get
from examsvc.core.errors import Refusal
from examsvc.core.identity import Identity
from examsvc.core.sweeps import Sweep
from examsvc.delivery import finding, invigilating
from examsvc.delivery.accommodations import settling, weighing
from examsvc.delivery.models import Enrolment, ExamSession, Sitting, UnsettledSitting
from examsvc.delivery.states import UNFINISHED, ExamSessionState, FinishReason, SittingState

AT_ONCE: Final = 2 * sweeps.BATCH
"""So many are settled before the office has its answer: every group, and not those of a whole city."""


def follow(
    db: Session,
    exam_session: ExamSession,
    enrolment_ids: Collection[UUID] | None,
    *,
    reason: str = "",
    by: Identity,
    now: datetime,
) -> None:
    """Have the sittings of these enrolments, or of all, follow from what was decided in the locked exam session.

    In a draft they do at once: nobody sits, and publishing asks what they are given. Else it is stored.
    """
    if exam_session.state == ExamSessionState.DRAFT:
        settling.settle(db, exam_session, enrolment_ids, reason=reason, by=by, now=now)
        return
    said = {"change_id": ids.new_id(), "by_account_id": by.account_id, "reason": reason, "at": now}
    columns = UnsettledSitting.__table__.c
    query = select(Sitting.id, *(literal(value, columns[name].type) for name, value in said.items()))
    query = query.join(Sitting.enrolment).where(Enrolment.exam_session_id == exam_session.id)
    query = query.where(Sitting.state.in_(UNFINISHED))
    if enrolment_ids is not None:
        query = query.where(Enrolment.id.in_(enrolment_ids))
    db.execute(insert(UnsettledSitting).from_select(["sitting_id", *said], query))


def at_once(database: Database, exam_session_id: UUID) -> None:
    """Settle the first of the exam session's sittings that wait; sweeps do the rest."""

    def first(db: Session, _now: datetime) -> Iterable[UUID]:
        mine = _waiting().join(Sitting, Sitting.id == UnsettledSitting.sitting_id).join(Sitting.enrolment)
        return db.scalars(mine.where(Enrolment.exam_session_id == exam_session_id).limit(AT_ONCE)).all()

    sweeps.run(database, [replace(SWEEP, due=first)])


def _waiting() -> Select[UUID]:
    """Return the query for the sittings that wait, those of the oldest decision first."""
    query = select(UnsettledSitting.sitting_id).group_by(UnsettledSitting.sitting_id)
    return query.order_by(func.min(UnsettledSitting.at), UnsettledSitting.sitting_id)


def _all_waiting(db: Session, _now: datetime) -> Iterable[UUID]:
    return db.scalars(_waiting()).all()


def _settle_many(db: Session, sitting_ids: Sequence[UUID], now: datetime) -> None:
    """Settle these sittings, of all that was decided since they were settled; whoever comes second finds nothing.

    They are locked first, then what waits is read, then, with each, what is in force: a decision made meanwhile waits
    for them by a row that is not among those read here.
    """
    sittings = {each.id: each for each in finding.all_locked(db, sitting_ids)}
    query = select(UnsettledSitting).where(UnsettledSitting.sitting_id.in_(sittings))
    waiting = db.scalars(query.order_by(UnsettledSitting.at, UnsettledSitting.change_id)).all()
    last = {one.sitting_id: one for one in waiting}
    for change in {one.change_id: one for one in last.values()}.values():
        meant = [sittings[one.sitting_id] for one in last.values() if one.change_id == change.change_id]
        exam_session, by = meant[0].enrolment.exam_session, _decider(db, change)
        _open_again(db, exam_session, meant, change, by, now)
        about = [each.enrolment_id for each in meant]
        settling.settle(db, exam_session, about, reason=change.reason, by=by, now=now)
    seen = UnsettledSitting.change_id.in_({one.change_id for one in waiting})
    db.execute(delete(UnsettledSitting).where(seen, UnsettledSitting.sitting_id.in_(sittings)))


def _open_again(
    db: Session,
    exam_session: ExamSession,
    meant: Sequence[Sitting],
    change: UnsettledSitting,
    by: Identity,
    now: datetime,
) -> None:
    """Open those again that time has ended since more time was decided for them, if that can be taken back."""
    ended = {
        each.id: each
        for each in meant
        if each.finished_at and each.finished_at >= change.at and each.finish_reason == FinishReason.TIME_UP
    }
    about = [each.enrolment_id for each in ended.values()]
    for one in weighing.changes(db, exam_session, about, now, states=(SittingState.HANDED_IN,)):
        if one.given.accommodation_seconds > one.before.accommodation_seconds:
            with suppress(Refusal), db.begin_nested():
                invigilating.reopen(db, ended[one.sitting_id], by=by, now=now)


def _settle_one(db: Session, sitting_id: UUID, now: datetime) -> None:
    _settle_many(db, [sitting_id], now)


def _decider(db: Session, change: UnsettledSitting) -> Identity:
    account = get(db, Account, change.by_account_id)
    return Identity(name=account.display_name, account_id=account.id)


SWEEP: Final = Sweep("settle accommodations for many", _all_waiting, _settle_one, _settle_many)
