"""A paper before anybody sits it: the questions as a candidate would see them, for who prints or checks it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.core.identity import Identity
from examsvc.delivery import arranging, laying_out, paper_forms
from questionbank import browsing, holdings


def specimen(db: Session, paper_id: UUID, *, by: Identity, now: datetime) -> dict[str, Any]:
    """Return the paper in one of the orders that candidates get, the same every time; points in hundredths.

    The order of the content would tell keys, as the right order of an ordering. Of a secret bank each question that
    is looked at is put on record. Raises NotFound.
    """
    paper = holdings.paper(db, paper_id)
    for item in paper.items:
        browsing.view(db, item.item_version_id, by=by, now=now)
    form = paper_forms.form_of(db, paper_id)
    return {
        "server_now": now,
        "title": paper.blueprint.name,
        "total_points": sum(question.points for question in form.values()),
        "sections": laying_out.laid_out(form, arranging.arrange(form.values(), str(paper_id))),
    }
