"""When a page could have delivered a hand-in: it was online, the service served, and handing in was not suspended."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from examsvc.delivery import signals
from examsvc.delivery.ledger import beating
from examsvc.delivery.ledger.crediting import Span, within, without
from examsvc.delivery.ledger.models import Outage
from examsvc.delivery.ledger.stops import stops_of
from examsvc.delivery.models import Sitting


def spans(db: Session, sitting: Sitting, *, since: datetime, now: datetime) -> list[Span]:
    """Return when it was so from `since` on, as far as that is proven; nothing while the service is silent."""
    if beating.is_silent(db, now):  # what it lost is not on record yet
        return []
    answers = signals.online_asked.send(sitting, db=db, now=now)
    online = [span for _, known in answers for span in known]
    stops = stops_of(db, [sitting.id], until=now)[sitting.id]
    return without(within(online, [Span(since, now)]), [*_outages(db, sitting, since), *stops])


def _outages(db: Session, sitting: Sitting, since: datetime) -> Iterable[Span]:
    exam_session_id = sitting.enrolment.exam_session_id
    concerned = or_(Outage.exam_session_id.is_(None), Outage.exam_session_id == exam_session_id)
    return [outage.span for outage in db.scalars(select(Outage).where(concerned, Outage.to_at > since))]
