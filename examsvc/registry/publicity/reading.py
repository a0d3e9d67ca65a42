"""Pages of notices, objections and reports, by key; each page is a fixed number of queries."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, literal, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload, selectinload

from examsvc.core import cursors
from examsvc.core.db import Base
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.registry.cases import service as cases
from examsvc.registry.cases import views as case_views
from examsvc.registry.cases.models import Case
from examsvc.registry.publicity import views
from examsvc.registry.publicity.models import FilingReport, Notice, NoticeCase, Objection
from examsvc.registry.publicity.states import BEFORE, NoticeKind, NoticeState, ObjectionState

Row = TypeVar("Row", bound=Base)


def notices(
    db: Session, *, state: NoticeState | None = None, after: str | None = None, limit: int, now: datetime
) -> dict[str, Any]:
    """Return a page of notices, the newest first; `state` as it is now, whether or not the worker came by."""
    query = select(Notice)
    if state is not None:
        is_open = (Notice.state == NoticeState.OPEN) & (Notice.ends_at > now)
        is_ended = (Notice.state != NoticeState.CANCELLED) & (Notice.ends_at <= now)
        by_state = {NoticeState.OPEN: is_open, NoticeState.ENDED: is_ended}
        query = query.where(by_state.get(state, Notice.state == NoticeState.CANCELLED))
    return _page(db, query, (Notice.posted_at, Notice.id), after, limit, lambda one: views.notice(one, now=now))


def notice(db: Session, notice_id: UUID, *, now: datetime) -> dict[str, Any]:
    """Return a notice with its cases, in two queries; raises NotFound."""
    found = db.scalar(
        select(Notice).where(Notice.id == notice_id).options(selectinload(Notice.places).joinedload(NoticeCase.case))
    )
    if found is None:
        raise NotFound(thing="notice")
    return views.whole_notice(found, found.places, now=now)


def waiting(db: Session, kind: NoticeKind, *, after: str | None, limit: int, by: Identity) -> dict[str, Any]:
    """Return a page of the cases that wait for a notice of the kind."""
    query = select(Case).where(Case.state == BEFORE[kind], cases.readable(by)).options(joinedload(Case.department))
    return _page(db, query, (Case.state_since_at, Case.id), after, limit, case_views.line)


def objections(db: Session, *, state: ObjectionState | None, after: str | None, limit: int) -> dict[str, Any]:
    """Return a page of objections, the newest first, without who made them."""
    query = select(Objection).options(
        joinedload(Objection.notice),
        joinedload(Objection.handler),
        joinedload(Objection.case).joinedload(Case.department),
    )
    if state is not None:
        query = query.where(Objection.state == state)
    return _page(db, query, (Objection.received_at, Objection.id), after, limit, views.objection)


def reports(db: Session, *, after: str | None, limit: int) -> dict[str, Any]:
    """Return a page of reports to the national centre, the newest first, in two queries."""
    query = select(FilingReport).options(selectinload(FilingReport.lines))
    return _page(db, query, (FilingReport.composed_at, FilingReport.id), after, limit, views.report)


def _page(
    db: Session,
    query: Select[Row],
    key: tuple[InstrumentedAttribute[datetime], InstrumentedAttribute[UUID]],
    after: str | None,
    limit: int,
    view: Callable[[Row], dict[str, Any]],
) -> dict[str, Any]:
    at, row_id = key
    if after is not None:
        when, last_id = cursors.read(after)
        mark = tuple_(literal(when, at.type), literal(last_id, row_id.type))
        query = query.where(tuple_(at, row_id) < mark)
    found = list(db.scalars(query.order_by(at.desc(), row_id.desc()).limit(limit + 1)))
    last = found[limit - 1] if len(found) > limit else None
    return {
        "items": [view(one) for one in found[:limit]],
        "next": cursors.write(getattr(last, at.key), getattr(last, row_id.key)) if last else None,
    }
