"""A paper as it is sent to its candidate, plain or sealed: one text, made the same way whenever it is asked for."""

import json
from typing import Any

from sqlalchemy.orm import Session

from examsvc.delivery import laying_out, paper_forms
from examsvc.delivery.models import Sitting


def paper_of(db: Session, sitting: Sitting) -> dict[str, Any]:
    """Return the paper in the candidate's own stored order, points in hundredths, without anything of a key.

    It is what `schemas.paper.CandidatePaper` describes and needs no schema any more: a start storm has no time for one.
    """
    form = paper_forms.of_sitting(db, sitting)
    return {
        "title": sitting.enrolment.exam_session.title,
        "total_points": sum(question.points for question in form.values()),
        "sections": laying_out.laid_out(form, sitting.arrangement),
    }


def text_of(db: Session, sitting: Sitting) -> bytes:
    """Return the paper as JSON."""
    return json.dumps(paper_of(db, sitting), ensure_ascii=False, separators=(",", ":")).encode()
