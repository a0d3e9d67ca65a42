"""What is a marker's own: exam sessions, questions and answers for which they have a duty."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import get
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery.models import ExamSession, Sitting
from examsvc.delivery.states import ExamSessionState
from questionbank import content
from questionbank.media import keeping
from scoring.written import duties, questions, reading
from scoring.written.dividing import duties_of
from scoring.written.models import WrittenAnswer, WrittenDuty, WrittenMark
from scoring.written.reading import AnswerReading
from scoring.written.settling import Standing
from scoring.written.states import Duty

SHOWN = (ExamSessionState.PUBLISHED, ExamSessionState.CLOSED)
ARBITRATED = (Standing.DISPUTED, Standing.DECIDED)


@dataclass(frozen=True)
class OwnAnswer:
    """An answer that is the caller's to mark or to decide on."""

    reading: AnswerReading
    duty: Duty
    mark: WrittenMark | None


def exam_session(db: Session, exam_session_id: UUID, *, by: Identity) -> ExamSession:
    """Return an exam session in which the caller has a duty; raises NotFound for any other."""
    found = get(db, ExamSession, exam_session_id)
    if found.state not in SHOWN or by.account_id not in {one.account_id for one in duties_of(db, exam_session_id)}:
        raise NotFound(thing="exam session")
    return found


def answers(db: Session, exam_session_id: UUID, *, by: Identity) -> list[OwnAnswer]:
    """Return what the caller has to mark or decide on in sittings that are over; blank answers are nobody's."""
    assigned = duties_of(db, exam_session_id)
    over = select(Sitting.id).where(Sitting.finished_at.is_not(None))
    in_session = WrittenAnswer.exam_session_id == exam_session_id
    found = []
    for one in reading.read_all(db, in_session, WrittenAnswer.digest.is_not(None), WrittenAnswer.sitting_id.in_(over)):
        duty = duty_of(assigned, one.answer.item_version_id, by)
        if duty == Duty.MARKER or (duty == Duty.ARBITER and one.settlement.standing in ARBITRATED):
            found.append(OwnAnswer(one, duty, one.own(by.account_id, duty)))
    return found


def duty_of(assigned: Sequence[WrittenDuty], version_id: UUID, by: Identity) -> Duty | None:
    """Return what the caller does for a question."""
    return next((duty for duty in Duty if by.account_id in duties.people(assigned, version_id, duty)), None)


def question(db: Session, exam_session: ExamSession, version_id: UUID, *, by: Identity) -> questions.WrittenQuestion:
    """Return the written question if the caller has a duty for it; raises NotFound."""
    if duty_of(duties_of(db, exam_session.id), version_id, by):
        for one in questions.of_session(db, exam_session):
            if one.version.id == version_id:
                return one
    raise NotFound(thing="written question")


def record_look(db: Session, exam_session_id: UUID, version_id: UUID, *, by: Identity, now: datetime) -> None:
    """Put on record that the caller reads a question of a secret bank with its key."""
    version = question(db, get(db, ExamSession, exam_session_id), version_id, by=by).version
    if version.is_secret:
        audit.append(db, version.audit_stream, "item.read", by=by, now=now, version=version.number)


def medium_type(db: Session, exam_session_id: UUID, version_id: UUID, digest: str, *, by: Identity) -> str:
    """Return the media type of a file that the caller's question shows; raises NotFound for every other file."""
    version = question(db, exam_session(db, exam_session_id, by=by), version_id, by=by).version
    if digest not in content.digests(version.content):
        raise NotFound(thing="medium")
    return keeping.medium(db, version.bank_id, digest).media_type
