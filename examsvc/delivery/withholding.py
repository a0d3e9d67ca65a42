"""A published exam session whose papers became known outside: nobody begins until a chief proctor decides.

What is known is on the items, and whoever looks at the session reads it; that nobody begins is on the session's row, so
that the ten thousand who begin together ask no more than they read anyway. Who has begun goes on.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get_locked
from examsvc.core.errors import Refusal
from examsvc.core.identity import Identity
from examsvc.delivery.errors import NothingWithheld, PapersWithheld
from examsvc.delivery.ledger import withheld as withheld_time
from examsvc.delivery.models import Enrolment, ExamSession, Sitting
from examsvc.delivery.states import ExamSessionState
from questionbank import signals
from questionbank.errors import PaperCompromised
from questionbank.models import ItemVersion, PaperItem
from questionbank.registration import papers


def subscribe() -> None:
    """Withhold the papers of published exam sessions when one of their questions becomes known outside."""
    signals.version_compromised.connect(_withhold)


def _withhold(version: ItemVersion, *, db: Session, by: Identity, now: datetime) -> None:
    given = select(Enrolment.exam_session_id).join(Sitting, Sitting.enrolment_id == Enrolment.id)
    given = given.join(PaperItem, PaperItem.paper_id == Sitting.paper_id).where(PaperItem.item_version_id == version.id)
    query = select(ExamSession).where(ExamSession.id.in_(given)).order_by(ExamSession.id)
    query = query.where(ExamSession.state == ExamSessionState.PUBLISHED, ExamSession.ends_at > now)
    for exam_session in db.scalars(query.where(~ExamSession.is_rehearsal)).all():
        locked = get_locked(db, ExamSession, exam_session.id)
        locked.papers_withheld_at = locked.papers_withheld_at or now
        about = {"item": version.item.code, "version": version.number}
        audit.append(db, locked.audit_stream, "exam_session.papers_withheld", by=by, now=now, **about)


def check(sitting: Sitting) -> None:
    """Raise PapersWithheld while nobody begins, unless the candidate knows the paper already."""
    if sitting.enrolment.exam_session.papers_withheld_at is not None and sitting.seen_at is None:
        raise PapersWithheld


def allow(db: Session, exam_session_id: UUID, *, reason: str, by: Identity, now: datetime) -> ExamSession:
    """Let the exam session begin with the papers that it has, and return it; who may is checked by proctoring.

    Whoever was ready is given the time back, with the reason. What becomes known afterwards is withheld again. Raises
    NotFound, NothingWithheld.
    """
    exam_session = get_locked(db, ExamSession, exam_session_id)
    since = exam_session.papers_withheld_at
    if since is None:
        raise NothingWithheld
    exam_session.papers_withheld_at, exam_session.papers_allowed_at = None, now
    withheld_time.give_back(db, exam_session, since, reason=reason, by=by, now=now)
    about = {"reason": reason, "items": codes_of(db, exam_session_id)}
    audit.append(db, exam_session.audit_stream, "exam_session.papers_allowed", by=by, now=now, **about)
    return exam_session


def refusals(db: Session, exam_session: ExamSession) -> list[Refusal]:
    """Return PapersWithheld while nobody begins, and PaperCompromised for what somebody was given and is known."""
    codes = codes_of(db, exam_session.id)
    return [*withheld(exam_session), *([PaperCompromised(codes=codes)] if codes else [])]


def withheld(exam_session: ExamSession) -> list[Refusal]:
    """Return PapersWithheld while nobody begins."""
    return [PapersWithheld()] if exam_session.papers_withheld_at is not None else []


def codes_of(db: Session, exam_session_id: UUID) -> list[str]:
    """Return the codes of the items that became known outside and stand in a paper that somebody was given."""
    given = select(Sitting.paper_id).join(Sitting.enrolment).where(Enrolment.exam_session_id == exam_session_id)
    return papers.known_outside(db, given.where(Sitting.paper_id.is_not(None)))
