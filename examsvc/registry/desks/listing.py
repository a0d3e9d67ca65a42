"""Lists of cases, the latest move first, a page at a time by key."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, select, tuple_
from sqlalchemy.orm import Session, joinedload

from examsvc.core import cursors
from examsvc.core.identity import Identity
from examsvc.registry.cases import service, views
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.states import STEP_OF, CaseState, Step
from examsvc.registry.desks import searching


def page(
    db: Session,
    *,
    state: CaseState | None = None,
    step: Step | None = None,
    q: str = "",
    after: str | None = None,
    limit: int,
    by: Identity,
) -> dict[str, Any]:
    """Return up to `limit` cases that the person may read and the cursor of the next page, in one query.

    Raises BadCursor.
    """
    query = select(Case).options(joinedload(Case.department)).where(service.readable(by), *searching.containing(q))
    query = _behind(query.where(*_states(state, step)), after)
    found = list(db.scalars(query.order_by(Case.state_since_at.desc(), Case.id.desc()).limit(limit + 1)))
    last = found[limit - 1] if len(found) > limit else None
    return {
        "items": [views.line(case) for case in found[:limit]],
        "next": cursors.write(last.state_since_at, last.id) if last else None,
    }


def _states(state: CaseState | None, step: Step | None) -> Iterable[ColumnElement[bool]]:
    if state is not None:
        yield Case.state == state
    if step is not None:
        yield Case.state.in_([one for one, its in STEP_OF.items() if its == step])


def _behind(query: Select[Case], after: str | None) -> Select[Case]:
    if after is None:
        return query
    at, key = cursors.read(after)
    mark = tuple_(literal(at, Case.state_since_at.type), literal(key, Case.id.type))
    return query.where(tuple_(Case.state_since_at, Case.id) < mark)
