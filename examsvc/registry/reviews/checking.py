"""材料核验 (沪人社职〔2025〕140号 三(一)2): the centre goes through a recommended case point by point."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examsvc.core.identity import Identity
from examsvc.registry.cases import documents
from examsvc.registry.cases import service as cases
from examsvc.registry.cases.models import Case
from examsvc.registry.cases.states import CaseState
from examsvc.registry.reviews import panels
from examsvc.registry.reviews.errors import MaterialsIncomplete, NotThisStage, ReasonMissing, SomebodyElsesFile
from examsvc.registry.reviews.kinds import CHECK_LEADS_TO, CheckItem, Conclusion
from examsvc.registry.reviews.models import MaterialCheck


@dataclass(frozen=True)
class Point:
    """A point of the check; `document_id` is the file of the case that proves it, if one does."""

    item: CheckItem
    ticked: bool
    note: str = ""
    document_id: UUID | None = None


def check(
    db: Session,
    case_id: UUID,
    version: int,
    points: Sequence[Point],
    conclusion: Conclusion,
    note: str,
    *,
    by: Identity,
    now: datetime,
) -> Case:
    """Record the check and move the case; raises MaterialsIncomplete, ReasonMissing, SomebodyElsesFile, NotThisStage.

    All four conditions must be met at once (B03: 须同时满足以下相关条件), so that PASS needs every tick.
    """
    case = cases.take(db, case_id, version, by=by)
    if case.state != CaseState.SUBMITTED:
        raise NotThisStage(state=str(case.state))
    _judge(points, conclusion, note)
    _own_files(db, case, points)
    done = _recorded(db, case, points, conclusion, note, by=by, now=now)
    cases.advance(db, case, CHECK_LEADS_TO[conclusion], by=by, now=now, check=done.id, reason=note)
    return case


def _judge(points: Sequence[Point], conclusion: Conclusion, note: str) -> None:
    open_points = panels.unticked({point.item: point.ticked for point in points})
    if conclusion == Conclusion.PASS and open_points:
        raise MaterialsIncomplete(items=[str(item) for item in open_points])
    if conclusion != Conclusion.PASS and not note:
        raise ReasonMissing


def _own_files(db: Session, case: Case, points: Sequence[Point]) -> None:
    named = {point.document_id for point in points if point.document_id}
    if named - {kept.id for kept in documents.of_case(db, case)}:
        raise SomebodyElsesFile


def _recorded(
    db: Session,
    case: Case,
    points: Sequence[Point],
    conclusion: Conclusion,
    note: str,
    *,
    by: Identity,
    now: datetime,
) -> MaterialCheck:
    rounds = db.scalar(select(func.count()).where(MaterialCheck.case_id == case.id)) or 0
    done = MaterialCheck(
        case_id=case.id,
        round=rounds + 1,
        items=[_plain(point) for point in points],
        conclusion=conclusion,
        note=note,
        checked_by_id=by.account_id,
        checked_by_name=by.name,
        checked_at=now,
    )
    db.add(done)
    db.flush()
    return done


def _plain(point: Point) -> dict[str, Any]:
    document = str(point.document_id) if point.document_id else None
    return {"item": str(point.item), "ticked": point.ticked, "note": point.note, "document_id": document}
