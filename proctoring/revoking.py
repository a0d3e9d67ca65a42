"""Which open connections have lost their right: asked again every few seconds for all of them at once."""

from collections.abc import Collection
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import Session

from examsvc.accounts.models import Account, AccountState, Login
from examsvc.delivery.models import Enrolment, ProctorAssignment, Sitting
from examsvc.delivery.states import SittingState

T = TypeVar("T")
MOST_A_QUERY = 500
_OVER = [state for state in SittingState if state.is_over]


def lost_logins(db: Session, *, since: datetime, now: datetime) -> set[UUID]:
    """Return the logins that let somebody in at `since` and do not any more: few, however many are connected."""
    has_ended = or_(Login.revoked_at >= since, Login.expires_at <= now, Account.state != AccountState.ACTIVE)
    query = select(Login.id).join(Account, Account.id == Login.account_id).where(Login.expires_at > since, has_ended)
    return set(db.scalars(query))


def standing_assignments(db: Session, pairs: Collection[tuple[UUID, UUID]]) -> set[tuple[UUID, UUID]]:
    """Return those of the (exam session, account) pairs that are still assigned."""
    columns = (ProctorAssignment.exam_session_id, ProctorAssignment.account_id)
    query = select(*columns)
    return {(row[0], row[1]) for part in _parts(pairs) for row in db.execute(query.where(tuple_(*columns).in_(part)))}


def finished_sittings(db: Session, exam_session_ids: Collection[UUID]) -> set[UUID]:
    """Return the sittings of these exam sessions that are over."""
    query = select(Sitting.id).join(Sitting.enrolment).where(Enrolment.exam_session_id.in_(exam_session_ids))
    return set(db.scalars(query.where(Sitting.state.in_(_OVER))))


def _parts(values: Collection[T]) -> list[list[T]]:
    known = list(values)
    return [known[start : start + MOST_A_QUERY] for start in range(0, len(known), MOST_A_QUERY)]
