"""Item analysis: of an exam session's finished sittings, and of one version over all that asked it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.accounts.roles import Role
from examsvc.core import audit
from examsvc.core.db import get
from examsvc.core.identity import Identity
from examsvc.delivery.models import ExamSession, Sitting
from questionbank.kinds import ItemType
from questionbank.models import ItemVersion, PaperItem
from scoring import analysis, sat
from scoring.analysis import ChoiceFigures, Model
from scoring.calibrating import calibration
from scoring.sat import Sat

MOST_SITTINGS = 5000
KEY_READERS = (Role.AUTHOR, Role.REVIEWER)  # as for a version's key: an option's figures give the key away
Line = dict[str, Any]


def record_look(db: Session, seen: ExamSession | ItemVersion, *, by: Identity, now: datetime) -> None:
    """Put on record who looks at an analysis with keys: apart from it, for its seconds would hold up writers."""
    if by.has(*KEY_READERS):
        audit.append(db, seen.audit_stream, "keys.analysed", by=by, now=now)


def of_session(db: Session, exam_session_id: UUID, model: Model | None = None, *, by: Identity) -> Line:
    """Return the analysis of the session's finished sittings, calibrated if a model is named.

    Option tables are only for those who may see keys. Raises NotFound, TooFewToCalibrate, NothingToCalibrate.
    """
    get(db, ExamSession, exam_session_id)
    found = sat.read(db, sat.sittings().where(ExamSession.id == exam_session_id).order_by(Sitting.id))
    return {
        "people": len(found.people),
        "distribution": analysis.distribution(found.scores),
        "reliability": analysis.reliability(found.scores),
        "items": _items(found, by),
        "unmarked": [version.item.code for version in found.unmarked],
        "calibration": calibration(found, model) if model else None,
    }


def of_version(db: Session, version_id: UUID, *, by: Identity) -> Line:
    """Return how the version did in the latest MOST_SITTINGS finished sittings that asked it; raises NotFound.

    Option tables as for a session.
    """
    get(db, ItemVersion, version_id)
    holding = select(PaperItem.paper_id).where(PaperItem.item_version_id == version_id)
    query = sat.sittings().where(Sitting.paper_id.in_(holding))
    found = sat.read(db, query.order_by(Sitting.finished_at.desc(), Sitting.id).limit(MOST_SITTINGS))
    lines = [line for line in _items(found, by) if line["version_id"] == version_id]
    return {"people": len(found.people), "figures": lines[0] if lines else None}


def _items(found: Sat, by: Identity) -> list[Line]:
    figures = analysis.item_figures(found.scores)
    return [_item(found, place, figures[place], by) for place in range(len(found.versions))]


def _item(found: Sat, place: int, figures: analysis.ItemFigures, by: Identity) -> Line:
    version, tables = found.versions[place], _tables(found, place)
    return {
        "version_id": version.id,
        "item_id": version.item_id,
        "code": version.item.code,
        "number": version.number,
        "type": ItemType(version.type),
        "stem": version.listed_stem,
        "points": found.points[version.id],
        "asked": figures.asked,
        "difficulty": figures.difficulty,
        "item_rest": figures.item_rest,
        "upper_lower": figures.upper_lower,
        "flags": analysis.flags(figures, [lines for _, lines in tables]),
        "options": [{"part": part, "lines": lines} for part, lines in tables] if by.has(*KEY_READERS) else None,
    }


def _tables(found: Sat, place: int) -> list[tuple[str | None, list[ChoiceFigures]]]:
    version, asked = found.versions[place], found.scores.asked[:, place]
    answers = [person[version.id] for person in found.people if version.id in person]
    levels, rest = found.scores.levels[asked], found.scores.rest(place)[asked]
    questions = analysis.choice_questions(ItemType(version.type), version.content, version.key)
    return [
        (
            question.part,
            analysis.choice_figures(question.choices, [question.chosen(one) for one in answers], levels, rest),
        )
        for question in questions
    ]
