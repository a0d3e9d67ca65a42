"""Closing an exam session's marking once every written answer is settled, and opening it again for new ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examsvc.core import canonical, states
from examsvc.core.db import get, get_locked
from examsvc.core.identity import Identity, system
from examsvc.delivery.models import Enrolment, ExamSession, Sitting
from scoring.written import questions, reading, signals
from scoring.written.dividing import lock_answers, marking_of
from scoring.written.errors import WrittenAnswersUnmarked
from scoring.written.models import WrittenAnswer, WrittenMarking
from scoring.written.reading import AnswerReading
from scoring.written.settling import Standing
from scoring.written.states import MarkingState

SCORING = system("scoring")


@dataclass(frozen=True)
class Missing:
    """What keeps an exam session's marking open: answers without two marks, disputes, sittings still to end."""

    unmarked: int
    disputed: int
    sittings: int

    def __bool__(self) -> bool:
        return bool(self.unmarked or self.disputed or self.sittings)


def close(db: Session, exam_session_id: UUID, *, by: Identity, now: datetime) -> WrittenMarking:
    """Close the exam session's marking, which lets results become ready, and return it; again changes nothing.

    Raises NotFound, WrittenAnswersUnmarked.
    """
    exam_session = get_locked(db, ExamSession, exam_session_id)
    marking = marking_of(db, exam_session)
    if marking.state == MarkingState.CLOSED:
        return marking
    lock_answers(db, exam_session_id)
    missing, readings = _state_of(db, exam_session_id)
    if missing:
        raise WrittenAnswersUnmarked(**vars(missing))
    marking.closed_at, marking.digest = now, digest_of(readings)
    states.move(db, marking, MarkingState.CLOSED, by=by, now=now, answers=len(readings), digest=marking.digest)
    signals.marking_changed.send(exam_session, db=db, now=now)
    return marking


def reopen_for(db: Session, sitting: Sitting, *, now: datetime) -> None:
    """Open a closed marking again when the sitting, which has just ended, has an answer that is not settled."""
    exam_session = sitting.enrolment.exam_session
    marking = db.get(WrittenMarking, exam_session.id, populate_existing=True)
    if marking is None or marking.state == MarkingState.OPEN:
        return
    if all(one.settlement.standing.is_settled for one in reading.read_all(db, WrittenAnswer.sitting_id == sitting.id)):
        return
    marking.closed_at = marking.digest = None
    states.move(db, marking, MarkingState.OPEN, by=SCORING, now=now, sitting=sitting.id)
    signals.marking_changed.send(exam_session, db=db, now=now)


def missing_in(db: Session, exam_session_id: UUID, readings: Sequence[AnswerReading]) -> Missing:
    """Return what keeps the marking open, of all answers of the exam session."""
    return _missing(readings, _under_way(db, exam_session_id))


def outstanding(db: Session, exam_session_id: UUID) -> Missing | None:
    """Return what keeps results of the exam session back; None where nothing is written or its marking is closed."""
    exam_session = get(db, ExamSession, exam_session_id)
    if is_final(db, exam_session):
        return None
    return _state_of(db, exam_session_id)[0]


def is_final(db: Session, exam_session: ExamSession) -> bool:
    """Return whether the session's written answers are all marked and closed, or there are no questions of the kind."""
    marking = db.get(WrittenMarking, exam_session.id)
    if marking is not None and marking.state == MarkingState.CLOSED:
        return True
    return not questions.of_session(db, exam_session)


def digest_of(readings: Sequence[AnswerReading]) -> str:
    """Return the digest of all marks that count and of what they make."""
    return canonical.digest(
        [
            {
                "answer": one.answer.id,
                "text": one.answer.digest,
                "marks": [[mark.event_id, mark.marker_id, str(mark.duty), mark.value, mark.note] for mark in one.marks],
                "standing": str(one.settlement.standing),
                "points": None if one.settlement.points is None else str(one.settlement.points),
            }
            for one in readings
        ]
    )


def _state_of(db: Session, exam_session_id: UUID) -> tuple[Missing, list[AnswerReading]]:
    """Count the sittings first: what a sitting that ends afterwards brings is not overlooked but missing."""
    sittings = _under_way(db, exam_session_id)
    readings = reading.read_all(db, WrittenAnswer.exam_session_id == exam_session_id)
    return _missing(readings, sittings), readings


def _under_way(db: Session, exam_session_id: UUID) -> int:
    query = select(func.count()).select_from(Sitting).join(Enrolment)
    still = query.where(Enrolment.exam_session_id == exam_session_id, Sitting.finished_at.is_(None))
    return db.scalar(still) or 0


def _missing(readings: Sequence[AnswerReading], sittings: int) -> Missing:
    standings = [one.settlement.standing for one in readings]
    return Missing(standings.count(Standing.OPEN), standings.count(Standing.DISPUTED), sittings)
