"""Marking one written answer: an append-only log that two people fill without seeing each other."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from examsvc.core.db import get_locked, only
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery.states import ExamSessionState
from scoring import voids
from scoring.models import Result
from scoring.written import duties, reading
from scoring.written.dividing import duties_of
from scoring.written.errors import (
    ArbitrationDecided,
    NothingToArbitrate,
    SittingNotOver,
    WrittenAnswerBlank,
    WrittenAnswerChanged,
    WrittenMarkConflict,
    WrittenMarkingClosed,
    WrittenValueNotPermitted,
)
from scoring.written.models import WrittenAnswer, WrittenMark, WrittenMarking
from scoring.written.reading import AnswerReading
from scoring.written.settling import Standing, is_permitted
from scoring.written.states import Duty, MarkingState


@dataclass(frozen=True)
class WrittenMarkEvent:
    """What a marker's screen sends. `answer_digest` names the text that it showed; `value` None takes a mark back."""

    event_id: UUID
    value: int | None
    note: str
    answer_digest: str


def give_mark(db: Session, answer_id: UUID, event: WrittenMarkEvent, *, by: Identity, now: datetime) -> AnswerReading:
    """Append the mark and return the answer as it stands; the same event again changes nothing.

    Raises NotFound for whoever has no duty for the answer; WrittenMarkConflict, WrittenMarkingClosed, SittingNotOver,
    WrittenAnswerBlank, WrittenAnswerChanged, WrittenValueNotPermitted, ArbitrationDecided, NothingToArbitrate.
    """
    # The answer's row is the lock: of two who mark at once the second sees the first, and closing waits for both.
    answer = get_locked(db, WrittenAnswer, answer_id)
    duty = duty_for(db, answer, by=by)
    stored = db.get(WrittenMark, event.event_id)
    if stored:
        _check_same(stored, answer, event, by)
        return read_one(db, answer)
    _check_open(db, answer)
    _check_text(answer, event)
    _check_value(db, answer, event.value)
    _check_turn(read_one(db, answer), duty)
    db.add(_line(db, answer, duty, event, by, now))
    db.flush()
    return read_one(db, answer)


def duty_for(db: Session, answer: WrittenAnswer, *, by: Identity) -> Duty:
    """Return the caller's duty for the answer; raises NotFound where there is none, so that ids cannot be probed."""
    assigned = duties_of(db, answer.exam_session_id)
    for duty in Duty:
        if by.account_id in duties.people(assigned, answer.item_version_id, duty):
            return duty
    raise NotFound(thing="written answer")


def read_one(db: Session, answer: WrittenAnswer) -> AnswerReading:
    """Return the answer as its log says now."""
    return reading.read_all(db, WrittenAnswer.id == answer.id)[0]


def _check_same(stored: WrittenMark, answer: WrittenAnswer, event: WrittenMarkEvent, by: Identity) -> None:
    kept = (stored.answer_id, stored.marker_id, stored.value, stored.note, stored.answer_digest)
    if kept != (answer.id, by.account_id, event.value, event.note, event.answer_digest):
        raise WrittenMarkConflict


def _check_open(db: Session, answer: WrittenAnswer) -> None:
    marking = db.get(WrittenMarking, answer.exam_session_id, populate_existing=True)
    result = only(db, Result, enrolment_id=answer.sitting.enrolment_id)
    is_published = result is not None and voids.is_settled(db, result)
    is_cancelled = answer.sitting.enrolment.exam_session.state == ExamSessionState.CANCELLED
    if marking is None or marking.state == MarkingState.CLOSED or is_published or is_cancelled:
        raise WrittenMarkingClosed
    if not answer.sitting.state.is_over:
        raise SittingNotOver


def _check_text(answer: WrittenAnswer, event: WrittenMarkEvent) -> None:
    if answer.digest is None:
        raise WrittenAnswerBlank
    if answer.digest != event.answer_digest:
        raise WrittenAnswerChanged


def _check_value(db: Session, answer: WrittenAnswer, value: int | None) -> None:
    step = db.get_one(WrittenMarking, answer.exam_session_id).step
    if value is not None and not is_permitted(value, answer.most, step):
        raise WrittenValueNotPermitted(most=str(answer.most), step=step)


def _check_turn(current: AnswerReading, duty: Duty) -> None:
    standing = current.settlement.standing
    if duty == Duty.MARKER and standing == Standing.DECIDED:
        raise ArbitrationDecided
    if duty == Duty.ARBITER and standing not in (Standing.DISPUTED, Standing.DECIDED):
        raise NothingToArbitrate


def _line(
    db: Session, answer: WrittenAnswer, duty: Duty, event: WrittenMarkEvent, by: Identity, now: datetime
) -> WrittenMark:
    last = db.scalar(select(func.max(WrittenMark.arrival_seq)).where(WrittenMark.answer_id == answer.id))
    return WrittenMark(
        **vars(event),
        answer_id=answer.id,
        arrival_seq=(last or 0) + 1,
        marker_id=by.account_id,
        duty=duty,
        received_at=now,
    )
