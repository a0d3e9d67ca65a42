"""评阅分工: the office says who marks which written question, and how far two marks may lie apart."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from examsvc.core import audit
from examsvc.core.db import WRITERS_WAIT, get_locked
from examsvc.core.errors import NotFound
from examsvc.core.identity import Identity
from examsvc.delivery.models import ExamSession
from examsvc.delivery.states import ExamSessionState
from scoring import assigning
from scoring.errors import AssignmentClosed, ExaminerHasMarked
from scoring.written import duties, questions
from scoring.written.duties import DutyLine
from scoring.written.errors import DutiesIncomplete, WrittenMarkingBegun, WrittenMarkingClosed
from scoring.written.models import WrittenAnswer, WrittenDuty, WrittenMark, WrittenMarking
from scoring.written.questions import WrittenQuestion
from scoring.written.settling import DEFAULT_STEP, DEFAULT_TOLERANCE
from scoring.written.states import MarkingState


@dataclass(frozen=True)
class Division:
    """Who does what, the tolerance in percent of an answer's most, the step in hundredths of a point."""

    lines: Collection[DutyLine] = field(default_factory=tuple)
    tolerance: int = DEFAULT_TOLERANCE
    step: int = DEFAULT_STEP


def divide(db: Session, exam_session_id: UUID, division: Division, *, by: Identity, now: datetime) -> WrittenMarking:
    """Make this the division of the exam session's marking and return the marking; the same again changes nothing.

    Raises NotFound, NotAnExaminer, DutiesIncomplete, ExaminerHasMarked, WrittenMarkingBegun, WrittenMarkingClosed,
    AssignmentClosed.
    """
    exam_session = get_locked(db, ExamSession, exam_session_id)
    marking = marking_of(db, exam_session)
    present, wanted = duties_of(db, exam_session_id), set(division.lines)
    if _lines(present) == wanted and (marking.tolerance, marking.step) == (division.tolerance, division.step):
        return marking
    _check_changeable(exam_session, marking)
    asked = questions.of_session(db, exam_session)
    _check_whole(division.lines, asked)
    assigning.check_are_examiners(db, {line.account_id for line in division.lines})
    lock_answers(db, exam_session_id)
    _check_marks(db, marking, division)
    _replace(db, marking, division)
    told = [f"{line.duty} {line.account_id} {line.item_version_id or '*'}" for line in wanted]
    rule = {"tolerance": division.tolerance, "step": division.step}
    audit.append(db, marking.audit_stream, "written_marking.divided", by=by, now=now, duties=sorted(told), **rule)
    return marking


def marking_of(db: Session, exam_session: ExamSession) -> WrittenMarking:
    """Return the exam session's marking, made if there is none; the caller holds the session's row locked."""
    marking = db.get(WrittenMarking, exam_session.id, populate_existing=True)
    if marking is None:
        marking = WrittenMarking(
            exam_session=exam_session,
            tolerance=DEFAULT_TOLERANCE,
            step=DEFAULT_STEP,
            state=MarkingState.OPEN,
        )
        db.add(marking)
        db.flush()
    return marking


def duties_of(db: Session, exam_session_id: UUID) -> Sequence[WrittenDuty]:
    """Return the exam session's duties, in the order in which they were assigned."""
    return db.scalars(select(WrittenDuty).filter_by(exam_session_id=exam_session_id).order_by(WrittenDuty.id)).all()


def lock_answers(db: Session, exam_session_id: UUID) -> None:
    """Wait for whoever is just marking, or storing a late answer, and keep others waiting."""
    query = select(WrittenAnswer.id).filter_by(exam_session_id=exam_session_id).order_by(WrittenAnswer.id)
    db.execute(query.with_for_update(**WRITERS_WAIT)).all()


def _lines(present: Sequence[WrittenDuty]) -> set[DutyLine]:
    return {DutyLine(one.account_id, one.duty, one.item_version_id) for one in present}


def _check_changeable(exam_session: ExamSession, marking: WrittenMarking) -> None:
    if exam_session.state == ExamSessionState.CANCELLED:
        raise AssignmentClosed(reason="the exam session is cancelled")
    if marking.state == MarkingState.CLOSED:
        raise WrittenMarkingClosed


def _check_whole(lines: Collection[DutyLine], asked: Sequence[WrittenQuestion]) -> None:
    known = {None, *(question.version.id for question in asked)}
    if any(line.item_version_id not in known for line in lines):
        raise NotFound(thing="written question")
    for question in asked:
        if not duties.are_whole(lines, question.version.id):
            raise DutiesIncomplete(number=question.number)


def _check_marks(db: Session, marking: WrittenMarking, division: Division) -> None:
    """Marks are evidence: whoever gave one stays, and so does the rule under which it was given."""
    columns = (WrittenMark.marker_id, WrittenMark.duty, WrittenAnswer.item_version_id)
    query = select(*columns).join(WrittenAnswer, WrittenMark.answer_id == WrittenAnswer.id).distinct()
    given = db.execute(query.where(WrittenAnswer.exam_session_id == marking.exam_session_id)).all()
    if given and (marking.tolerance, marking.step) != (division.tolerance, division.step):
        raise WrittenMarkingBegun
    for marker_id, duty, version_id in given:
        if marker_id not in duties.people(division.lines, version_id, duty):
            raise ExaminerHasMarked


def _replace(db: Session, marking: WrittenMarking, division: Division) -> None:
    db.execute(delete(WrittenDuty).where(WrittenDuty.exam_session_id == marking.exam_session_id))
    marking.tolerance, marking.step = division.tolerance, division.step
    db.add_all(
        WrittenDuty(
            exam_session_id=marking.exam_session_id,
            account_id=line.account_id,
            duty=line.duty,
            item_version_id=line.item_version_id,
        )
        for line in dict.fromkeys(division.lines)
    )
    db.flush()


def is_marker_of(db: Session, exam_session_id: UUID, account_id: UUID | None) -> bool:
    """Return whether the account marks or arbitrates written answers of the exam session."""
    mine = select(WrittenDuty.id).filter_by(exam_session_id=exam_session_id, account_id=account_id)
    return bool(db.scalar(select(exists(mine))))
