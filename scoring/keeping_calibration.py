"""Handing a session's calibration to the question bank, so that parallel forms are matched by what was measured."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get
from examsvc.core.identity import Identity
from examsvc.delivery.models import ExamSession, Sitting
from questionbank.calibrations import keeping
from questionbank.calibrations.keeping import Measured
from scoring import sat
from scoring.aggregate import FULL_MARKS, PASS_MARK
from scoring.analysis import Model, passing
from scoring.calibrating import calibration
from scoring.errors import CalibrationUnsound


@dataclass(frozen=True)
class Estimates:
    """What a session's answers tell; `ability` is that of the pass mark, on the scale of the people who sat."""

    model: Model
    people: int
    ability: float
    items: tuple[Measured, ...]


def estimates(db: Session, exam_session_id: UUID, model: Model) -> Estimates:
    """Return the session's calibration with what each question tells at the pass mark.

    Raises NotFound, TooFewToCalibrate, NothingToCalibrate, CalibrationUnsound.
    """
    get(db, ExamSession, exam_session_id)
    found = sat.read(db, sat.sittings().where(ExamSession.id == exam_session_id).order_by(Sitting.id))
    fitted = calibration(found, model)
    if not fitted["converged"] or fitted["is_bounded"]:
        raise CalibrationUnsound
    return _at_pass_mark(fitted, found.points)


def _at_pass_mark(fitted: dict[str, Any], points: dict[UUID, int]) -> Estimates:
    lines = [line for line in fitted["items"] if line["difficulty"] is not None]
    slopes, difficulties = (np.array([line[name] for line in lines]) for name in ("slope", "difficulty"))
    worth = np.array([points[line["version_id"]] for line in lines], dtype=np.float64)
    ability = passing.ability_at(PASS_MARK / FULL_MARKS, slopes, difficulties, worth)
    right = passing.expected(ability, slopes, difficulties)
    telling = passing.information(ability, slopes, difficulties)
    items = tuple(
        Measured(line["version_id"], line["slope"], line["difficulty"], float(expected), float(information))
        for line, expected, information in zip(lines, right, telling, strict=True)
    )
    return Estimates(fitted["model"], fitted["people"], ability, items)


def keep(db: Session, exam_session_id: UUID, found: Estimates, *, by: Identity, now: datetime) -> int:
    """Keep the estimates with the bank in the place of earlier ones and return how many versions have them now."""
    kept = keeping.keep(db, found.items, model=str(found.model), people=found.people, now=now)
    stream = get(db, ExamSession, exam_session_id).audit_stream
    audit.append(db, stream, "calibration.kept", by=by, now=now, model=str(found.model), items=kept)
    return kept
