"""What the office sees of an exam session's marking: who does what, how far it is, and what is missing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from examsvc.accounts.models import Account
from examsvc.core.db import get
from examsvc.core.errors import NotAllowed
from examsvc.core.identity import Identity
from examsvc.delivery.models import ExamSession
from questionbank.kinds import ItemType
from scoring.written import closing, dividing, duties, questions, reading
from scoring.written.models import WrittenAnswer, WrittenDuty, WrittenMarking
from scoring.written.questions import WrittenQuestion
from scoring.written.reading import AnswerReading
from scoring.written.settling import DEFAULT_STEP, DEFAULT_TOLERANCE, Standing
from scoring.written.states import Duty, MarkingState

Line = dict[str, Any]


def overview(db: Session, exam_session_id: UUID, *, by: Identity) -> Line:
    """Return the marking with progress by question and by person.

    Raises NotFound; NotAllowed for whoever marks in this session, whatever other role they hold: what is in dispute
    would tell them about the other's marks.
    """
    exam_session = get(db, ExamSession, exam_session_id)
    if dividing.is_marker_of(db, exam_session_id, by.account_id):
        raise NotAllowed
    marking = db.get(WrittenMarking, exam_session_id)
    readings = reading.read_all(db, WrittenAnswer.exam_session_id == exam_session_id)
    assigned = dividing.duties_of(db, exam_session_id)
    asked = questions.of_session(db, exam_session)
    return {
        "state": marking.state if marking else MarkingState.OPEN,
        "closed_at": marking.closed_at if marking else None,
        "tolerance": marking.tolerance if marking else DEFAULT_TOLERANCE,
        "step": marking.step if marking else DEFAULT_STEP,
        "has_marks": any(one.marks for one in readings),
        "missing": vars(closing.missing_in(db, exam_session_id, readings)),
        "questions": [_question(one, readings) for one in asked],
        "duties": assigned,
        "people": _people(assigned, readings),
    }


def _question(one: WrittenQuestion, readings: Sequence[AnswerReading]) -> Line:
    standings = [each.settlement.standing for each in readings if each.answer.item_version_id == one.version.id]
    counts = {str(standing).lower(): standings.count(standing) for standing in Standing}
    version = one.version
    return {
        "version_id": version.id,
        "number": one.number,
        "code": version.code,
        "type": ItemType(version.type),
        "stem": version.listed_stem,
        "points": one.points,
        "answers": counts,
    }


def _people(assigned: Sequence[WrittenDuty], readings: Sequence[AnswerReading]) -> list[Line]:
    """Return for each person and duty how much of what is theirs is done."""
    pairs: dict[tuple[UUID, Duty], Account] = {(one.account_id, one.duty): one.account for one in assigned}
    return [
        {"account_id": account_id, "name": account.display_name, "duty": duty}
        | _progress([one for one in readings if _is_theirs(one, assigned, account_id, duty)], account_id, duty)
        for (account_id, duty), account in pairs.items()
    ]


def _is_theirs(one: AnswerReading, assigned: Sequence[WrittenDuty], account_id: UUID, duty: Duty) -> bool:
    standing = one.settlement.standing
    is_due = standing in (Standing.DISPUTED, Standing.DECIDED) if duty == Duty.ARBITER else standing != Standing.BLANK
    return is_due and account_id in duties.people(assigned, one.answer.item_version_id, duty)


def _progress(theirs: Sequence[AnswerReading], account_id: UUID, duty: Duty) -> Line:
    return {"answers": len(theirs), "marked": sum(one.own(account_id, duty) is not None for one in theirs)}
