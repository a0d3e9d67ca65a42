"""The programme of exam sessions as the office reads it."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from examsvc.core.errors import NotFound
from examsvc.delivery import dealing
from examsvc.delivery.models import Enrolment, ExamSession, Sitting
from examsvc.registry import service as registry
from examsvc.registry.models import Filing, SchemeSpecification
from questionbank.kinds import DrawKind
from questionbank.models import Blueprint, Paper, PaperDraw

MOST_PAPERS = 200
MOST_DRAWS = 50
_NAMED = (
    joinedload(ExamSession.filing).joinedload(Filing.organisation),
    joinedload(ExamSession.filing).joinedload(Filing.specification).joinedload(SchemeSpecification.scheme),
    joinedload(ExamSession.draw).joinedload(PaperDraw.blueprint).joinedload(Blueprint.bank),
)


def overview(db: Session) -> list[dict[str, Any]]:
    """Return every exam session with its counts, the latest start first."""
    found = db.scalars(
        select(ExamSession).options(*_NAMED).order_by(ExamSession.starts_at.desc(), ExamSession.code)
    ).all()
    counts = _counts(db, (one.id for one in found))
    free = _free(db, [one.draw_id for one in found if one.draw_id])
    return [_described(one, counts.get(one.id, {}), free) for one in found]


def session(db: Session, exam_session_id: UUID) -> dict[str, Any]:
    """Return the exam session with its counts; raises NotFound."""
    found = db.get(ExamSession, exam_session_id, options=_NAMED, populate_existing=True)
    if found is None:
        raise NotFound(thing="exam session")
    counts = _counts(db, [exam_session_id]).get(exam_session_id, {})
    return _described(found, counts, _free(db, [found.draw_id] if found.draw_id else []))


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


def _described(exam_session: ExamSession, counts: dict[str, int], free: dict[UUID, int]) -> dict[str, Any]:
    columns = {column.key: getattr(exam_session, column.key) for column in ExamSession.__table__.columns}
    more = {"filing": exam_session.filing, "draw": _draw(exam_session.draw, free) if exam_session.draw else None}
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
        .where(PaperDraw.kind != DrawKind.SINGLE)
        .options(joinedload(PaperDraw.blueprint).joinedload(Blueprint.bank))
        .order_by(PaperDraw.created_at.desc(), PaperDraw.id.desc())
        .limit(MOST_DRAWS)
    )
    found = db.scalars(query).all()
    free = _free(db, [draw.id for draw in found])
    return [_draw(draw, free) for draw in found]


def _free(db: Session, draw_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return for each draw how many of its forms are free."""
    query = select(Paper.draw_id, func.count()).where(Paper.draw_id.in_(draw_ids), dealing.is_free())
    return {draw_id: count for draw_id, count in db.execute(query.group_by(Paper.draw_id)) if draw_id}


def _draw(draw: PaperDraw, free: dict[UUID, int]) -> dict[str, Any]:
    return {
        "id": draw.id,
        "kind": draw.kind,
        "blueprint": draw.blueprint.name,
        "specification_id": draw.blueprint.bank.specification_id,
        "count": draw.count,
        "free": free.get(draw.id, 0) if draw.kind == DrawKind.INDIVIDUAL else None,
        "created_at": draw.created_at,
    }
