"""The programme of exam sessions as the office reads it."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from examsvc.core.errors import NotFound
from examsvc.delivery import approving, dealing
from examsvc.delivery.models import Enrolment, ExamSession, SessionRoom, Sitting
from examsvc.delivery.session_rules import subject_of
from examsvc.registry import service as registry
from examsvc.registry.applications.kinds import RoomKind
from examsvc.registry.applications.models import Room
from examsvc.registry.models import Filing, SchemeSpecification
from questionbank.kinds import DrawKind
from questionbank.models import Blueprint, Paper, PaperDraw

MOST_PAPERS = 200
MOST_DRAWS = 50
Forms = dict[UUID, tuple[int, int]]
Kinds = dict[UUID, set[RoomKind]]
_NAMED = (
    joinedload(ExamSession.filing).joinedload(Filing.organisation),
    joinedload(ExamSession.filing).joinedload(Filing.specification).joinedload(SchemeSpecification.scheme),
    joinedload(ExamSession.draw).joinedload(PaperDraw.blueprint).joinedload(Blueprint.bank),
    joinedload(ExamSession.paper).joinedload(Paper.blueprint),
    joinedload(ExamSession.plan_changed_by),
    joinedload(ExamSession.plan_approved_by),
    selectinload(ExamSession.conditions),
)


def overview(db: Session) -> list[dict[str, Any]]:
    """Return every exam session with its counts, the latest start first."""
    found = db.scalars(
        select(ExamSession).options(*_NAMED).order_by(ExamSession.starts_at.desc(), ExamSession.code)
    ).all()
    counts = _counts(db, (one.id for one in found))
    forms = _forms(db, [one.draw_id for one in found if one.draw_id])
    kinds = _kinds(db, [one.id for one in found])
    return [_described(one, counts.get(one.id, {}), forms, kinds) for one in found]


def session(db: Session, exam_session_id: UUID) -> dict[str, Any]:
    """Return the exam session with its counts; raises NotFound."""
    found = db.get(ExamSession, exam_session_id, options=_NAMED, populate_existing=True)
    if found is None:
        raise NotFound(thing="exam session")
    counts = _counts(db, [exam_session_id]).get(exam_session_id, {})
    forms = _forms(db, [found.draw_id] if found.draw_id else [])
    return _described(found, counts, forms, _kinds(db, [exam_session_id]))


def _counts(db: Session, exam_session_ids: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
    """Return for each exam session how many sittings are in which state."""
    query = (
        select(Enrolment.exam_session_id, Sitting.state, func.count())
        .join(Sitting.enrolment)
        .where(Enrolment.exam_session_id.in_(list(exam_session_ids)))
        .group_by(Enrolment.exam_session_id, Sitting.state)
    )
    found: dict[UUID, dict[str, int]] = {}
    for exam_session_id, state, count in db.execute(query):
        found.setdefault(exam_session_id, {})[state] = count
    return found


def _kinds(db: Session, exam_session_ids: Sequence[UUID]) -> Kinds:
    """Return for each exam session of which kinds its rooms are."""
    query = select(SessionRoom.exam_session_id, Room.kind).join(SessionRoom.room).distinct()
    found: Kinds = {}
    for exam_session_id, kind in db.execute(query.where(SessionRoom.exam_session_id.in_(exam_session_ids))):
        found.setdefault(exam_session_id, set()).add(kind)
    return found


def _described(exam_session: ExamSession, counts: dict[str, int], forms: Forms, kinds: Kinds) -> dict[str, Any]:
    columns = {column.key: getattr(exam_session, column.key) for column in ExamSession.__table__.columns}
    more: dict[str, Any] = {
        "filing": exam_session.filing,
        "draw": _draw(exam_session.draw, forms) if exam_session.draw else None,
        "plan_approval": approving.described(exam_session),
        "application_conditions": exam_session.application_conditions,
        "subject": subject_of(kinds.get(exam_session.id, ())),
    }
    return {**columns, **more, "enrolled": sum(counts.values()), "sittings": counts}


def choices(db: Session) -> dict[str, Any]:
    """Return what an exam session can be made from: filings, and the latest papers and draws of forms."""
    papers = (
        select(Paper)
        .outerjoin(Paper.draw)
        .where(PaperDraw.kind.is_distinct_from(DrawKind.INDIVIDUAL))
        .options(joinedload(Paper.blueprint).joinedload(Blueprint.bank))
        .order_by(Paper.created_at.desc(), Paper.id.desc())
        .limit(MOST_PAPERS)
    )
    return {"filings": registry.all_filings(db), "papers": list(db.scalars(papers)), "draws": _draws(db)}


def _draws(db: Session) -> list[dict[str, Any]]:
    query = (
        select(PaperDraw)
        .where(PaperDraw.kind != DrawKind.SINGLE, PaperDraw.continues_id.is_(None))
        .options(joinedload(PaperDraw.blueprint).joinedload(Blueprint.bank))
        .order_by(PaperDraw.created_at.desc(), PaperDraw.id.desc())
        .limit(MOST_DRAWS)
    )
    found = db.scalars(query).all()
    forms = _forms(db, [draw.id for draw in found])
    return [_draw(draw, forms) for draw in found]


def _forms(db: Session, draw_ids: Sequence[UUID]) -> Forms:
    """Return for each draw how many forms it has, with those that continue it, and how many of them are free."""
    first = func.coalesce(PaperDraw.continues_id, PaperDraw.id)
    counts = (func.count(), func.count(case((dealing.is_free(), 1))))
    query = select(first, *counts).join(Paper, Paper.draw_id == PaperDraw.id).where(first.in_(draw_ids))
    return {draw_id: (count, free) for draw_id, count, free in db.execute(query.group_by(first))}


def _draw(draw: PaperDraw, forms: Forms) -> dict[str, Any]:
    count, free = forms[draw.id]
    return {
        "id": draw.id,
        "kind": draw.kind,
        "blueprint": draw.blueprint.name,
        "specification_id": draw.blueprint.bank.specification_id,
        "count": count,
        "free": free if draw.kind == DrawKind.INDIVIDUAL else None,
        "created_at": draw.created_at,
    }
