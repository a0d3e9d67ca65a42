"""Papers to go on with by hand, printed from the wall: a chief proctor stands in the room whose machines are dead."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery.models import Enrolment, Sitting
from examsvc.delivery.on_paper import printing
from examsvc.delivery.on_paper.printing import Papers
from proctoring import membership


def put_on_paper(
    db: Session, exam_session_id: UUID, sitting_ids: Sequence[UUID], *, reason: str, by: Identity, now: datetime
) -> Papers:
    """Put these candidates on paper, all or none, and return what is to be printed, in the order given.

    Raises NotFound, NotAChief, and what `printing.put_on_paper` raises, which puts it on record too.
    """
    membership.check_chief(db, exam_session_id, by=by)
    query = select(Sitting.id, Enrolment.id).join(Sitting.enrolment)
    query = query.where(Enrolment.exam_session_id == exam_session_id, Sitting.id.in_(sitting_ids))
    enrolments = dict(db.execute(query).all())
    if not enrolments.keys() >= set(sitting_ids):
        raise NotFound(thing="sitting")
    meant = [enrolments[one] for one in sitting_ids]
    return printing.put_on_paper(db, exam_session_id, meant, reason=reason, by=by, now=now)
