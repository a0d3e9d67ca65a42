"""Papers as candidates will see them, for who prints or checks them: as drawn, or in a candidate's own order."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery import arranging, enrolling, laying_out, paper_forms
from examsvc.delivery.laying_out import Place
from questionbank import browsing, holdings
from questionbank.models import Paper


def specimen(db: Session, paper_id: UUID, *, by: Identity, now: datetime) -> dict[str, Any]:
    """Return the paper as it was drawn, the same every time; points in hundredths.

    Who gets it as an individual form sees it so; for others it may be shuffled further. Of a secret bank each
    question that is looked at is put on record. Raises NotFound.
    """
    paper = holdings.paper(db, paper_id)
    form = paper_forms.form_of(db, paper_id)
    places = arranging.as_drawn(form.values(), str(paper_id))
    return _shown(db, paper, paper.blueprint.name, places, by=by, now=now)


def candidates_paper(
    db: Session, exam_session_id: UUID, enrolment_id: UUID, *, by: Identity, now: datetime
) -> dict[str, Any]:
    """Return the paper that a candidate was given, in the candidate's own order; on record as a specimen is.

    Raises NotFound, also before a paper is given.
    """
    enrolment = enrolling.enrolment_in(db, exam_session_id, enrolment_id)
    if enrolment.sitting.paper_id is None:
        raise NotFound(thing="paper")
    paper = holdings.paper(db, enrolment.sitting.paper_id)
    return _shown(db, paper, enrolment.exam_session.title, enrolment.sitting.arrangement, by=by, now=now)


def _shown(
    db: Session, paper: Paper, title: str, places: Iterable[Place], *, by: Identity, now: datetime
) -> dict[str, Any]:
    for item in paper.items:
        browsing.view(db, item.item_version_id, by=by, now=now)
    form = paper_forms.form_of(db, paper.id)
    return {
        "server_now": now,
        "title": title,
        "total_points": sum(question.points for question in form.values()),
        "sections": laying_out.laid_out(form, places),
    }
