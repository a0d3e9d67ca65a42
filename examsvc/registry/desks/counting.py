"""How many cases stand where, and for how long: one query each."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from examsvc.accounts.roles import Role
from examsvc.core.identity import Identity
from examsvc.registry.cases import service, views
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.states import STEP_OF, WAITS_FOR, CaseState

SOON = timedelta(days=7)
MOST_URGENT = 12


def board(db: Session, *, by: Identity, now: datetime) -> list[dict[str, Any]]:
    """Return every state in the order of the notice's steps with the count, the oldest and what is overdue."""
    counted = _counted(db, [service.readable(by)], now=now)
    return [{**_nothing(state), **counted.get(state, {})} for state in CaseState]


def waiting(db: Session, *, by: Identity, now: datetime) -> list[dict[str, Any]]:
    """Return the states in which cases wait for the person, with how many, how long and how urgently."""
    counted = _counted(db, [waits_for(by)], now=now)
    return [{**counted[state], "role": WAITS_FOR[state]} for state in CaseState if state in counted]


def urgent(db: Session, *, by: Identity) -> list[dict[str, Any]]:
    """Return the cases that wait for the person, what is due first first, then what waits longest."""
    query = select(Case).options(joinedload(Case.department)).where(waits_for(by))
    ordered = query.order_by(Case.due_at.is_(None), Case.due_at, Case.state_since_at, Case.id)
    return [views.line(case) for case in db.scalars(ordered.limit(MOST_URGENT))]


def waits_for(by: Identity) -> ColumnElement[bool]:
    """Return the SQL condition for the cases in which the person has to act, each role within its own reach."""
    return or_(*(_as(by, role) for role in sorted(set(WAITS_FOR.values())) if by.has(role)), Case.id.is_(None))


def _as(by: Identity, role: Role) -> ColumnElement[bool]:
    states = [state for state, whose in WAITS_FOR.items() if whose == role]
    return and_(Case.state.in_(states), service.readable(replace(by, roles=frozenset({role}))))


def _counted(db: Session, where: Iterable[ColumnElement[bool]], *, now: datetime) -> dict[CaseState, dict[str, Any]]:
    overdue = func.count().filter(Case.due_at < now)
    soon = func.count().filter(Case.due_at >= now, Case.due_at < now + SOON)
    columns = (func.count(), func.min(Case.state_since_at), func.min(Case.due_at), overdue, soon)
    rows = db.execute(select(Case.state, *columns).where(*where).group_by(Case.state))
    names = ("count", "oldest_since_at", "next_due_at", "overdue", "due_soon")
    return {state: {**_nothing(state), **dict(zip(names, found, strict=True))} for state, *found in rows}


def _nothing(state: CaseState) -> dict[str, Any]:
    empty = {"count": 0, "oldest_since_at": None, "next_due_at": None, "overdue": 0, "due_soon": 0}
    return {"state": state, "step": STEP_OF.get(state), **empty}
