"""Which open connections have lost their right: asked again every few seconds for all of them at once."""

from collections.abc import Collection
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from examsvc.accounts.models import Account, AccountState, Login
from examsvc.delivery.models import ProctorAssignment, Sitting
from examsvc.delivery.states import SittingState

T = TypeVar("T")
MOST_A_QUERY = 500
_OVER = [state for state in SittingState if state.is_over]


def standing_logins(db: Session, login_ids: Collection[UUID], *, now: datetime) -> set[UUID]:
    """Return those of the logins that still let somebody in."""
    query = (
        select(Login.id)
        .join(Account, Account.id == Login.account_id)
        .where(Login.revoked_at.is_(None), Login.expires_at > now, Account.state == AccountState.ACTIVE)
    )
    return {found for part in _parts(login_ids) for found in db.scalars(query.where(Login.id.in_(part)))}


def standing_assignments(db: Session, pairs: Collection[tuple[UUID, UUID]]) -> set[tuple[UUID, UUID]]:
    """Return those of the (exam session, account) pairs that are still assigned."""
    columns = (ProctorAssignment.exam_session_id, ProctorAssignment.account_id)
    query = select(*columns)
    return {(row[0], row[1]) for part in _parts(pairs) for row in db.execute(query.where(tuple_(*columns).in_(part)))}


def finished_sittings(db: Session, sitting_ids: Collection[UUID]) -> set[UUID]:
    """Return those of the sittings that are over."""
    query = select(Sitting.id).where(Sitting.state.in_(_OVER))
    return {found for part in _parts(sitting_ids) for found in db.scalars(query.where(Sitting.id.in_(part)))}


def _parts(values: Collection[T]) -> list[list[T]]:
    known = list(values)
    return [known[start : start + MOST_A_QUERY] for start in range(0, len(known), MOST_A_QUERY)]
