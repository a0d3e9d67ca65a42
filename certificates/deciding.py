"""认定: deciding on a result that is ready, by somebody who did not examine the candidate."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from certificates.errors import (
    AlreadyDecided,
    EvidenceDiffers,
    ExaminerCannotDecide,
    LateAnswersUndecided,
    NoteMissing,
    NotPassed,
    RehearsalUndecided,
    ResultChanged,
    ResultIsVoid,
    ResultNotReady,
)
from certificates.models import Decision
from certificates.states import DecisionOutcome, DecisionState
from examsvc.core import audit, states
from examsvc.core.db import get, get_locked, only
from examsvc.core.errors import NotAllowed
from examsvc.core.identity import Identity
from examsvc.delivery.models import Enrolment
from examsvc.delivery.rescue import leaving
from examsvc.delivery.states import ExamSessionState
from scoring import outcomes
from scoring.models import Result, ScoreSheet
from scoring.states import ResultState
from scoring.written import closing, dividing
from scoring.written.errors import WrittenAnswersUnmarked

HELD = (ExamSessionState.PUBLISHED, ExamSessionState.CLOSED)


def decide(
    db: Session, result_id: UUID, outcome: DecisionOutcome, *, note: str, digest: str, by: Identity, now: datetime
) -> Decision:
    """Decide on a result, which publishes it, and return the decision; saying the same again changes nothing.

    `digest` is the result's as the decider saw it. Raises AlreadyDecided, RehearsalUndecided, ResultIsVoid,
    ResultNotReady, WrittenAnswersUnmarked, LateAnswersUndecided, ResultChanged, EvidenceDiffers,
    ExaminerCannotDecide, NotPassed, NoteMissing.
    """
    result = get_locked(db, Result, result_id)
    earlier = only(db, Decision, result_id=result_id)
    if earlier:
        return _same_or_refused(earlier, outcome, note, digest, by)
    _check_ready(db, result, now)
    _check(db, result, outcome, note=note, digest=digest, by=by)
    if by.account_id is None:
        raise NotAllowed  # a person decides, never a process
    decision = Decision(
        result=result,
        outcome=outcome,
        state=DecisionState.DECIDED,
        note=note,
        result_digest=digest,
        decided_by_id=by.account_id,
        decided_at=now,
    )
    db.add(decision)
    db.flush()
    _announce(db, decision, by=by, now=now)
    return decision


def _same_or_refused(earlier: Decision, outcome: DecisionOutcome, note: str, digest: str, by: Identity) -> Decision:
    made = (earlier.outcome, earlier.note, earlier.result_digest, earlier.decided_by_id)
    if made != (outcome, note, digest, by.account_id):
        raise AlreadyDecided
    return earlier


def _check(db: Session, result: Result, outcome: DecisionOutcome, *, note: str, digest: str, by: Identity) -> None:
    if examined(db, by.account_id, result.enrolment_id):
        raise ExaminerCannotDecide
    if result.digest != digest:
        raise ResultChanged
    if outcomes.recompute(db, result.enrolment_id).digest != digest:
        raise EvidenceDiffers
    if outcome == DecisionOutcome.AWARD and not result.passed:
        raise NotPassed
    if outcome == DecisionOutcome.REFUSE and not note:
        raise NoteMissing


def _check_ready(db: Session, result: Result, now: datetime) -> None:
    if result.enrolment.exam_session.is_rehearsal:
        raise RehearsalUndecided
    missing = closing.outstanding(db, result.enrolment.exam_session_id)
    if missing is not None and result.state == ResultState.INCOMPLETE:
        raise WrittenAnswersUnmarked(**vars(missing))
    if result.state == ResultState.VOID:
        raise ResultIsVoid
    if result.state != ResultState.READY:
        raise ResultNotReady(state=str(result.state))
    if result.enrolment.exam_session.state not in HELD:
        raise ResultNotReady(state=str(result.enrolment.exam_session.state))
    late = leaving.awaited(db, result.enrolment.sitting.id, now=now)
    if late:
        raise LateAnswersUndecided(count=late)


def examined(db: Session, account_id: UUID | None, enrolment_id: UUID) -> bool:
    """Return whether the account has a score sheet of this enrolment, signed or not, or marks its written answers."""
    query = select(ScoreSheet.id).filter_by(enrolment_id=enrolment_id, examiner_id=account_id).limit(1)
    exam_session_id = get(db, Enrolment, enrolment_id).exam_session_id
    return db.scalar(query) is not None or dividing.is_marker_of(db, exam_session_id, account_id)


def _announce(db: Session, decision: Decision, *, by: Identity, now: datetime) -> None:
    result = decision.result
    about = {"decision": decision.id, "outcome": str(decision.outcome), "digest": decision.result_digest}
    audit.append(db, decision.audit_stream, "decision.made", by=by, now=now, **about)
    states.move(db, result, ResultState.PUBLISHED, by=by, now=now, decision=decision.id)
    if decision.outcome == DecisionOutcome.REFUSE:
        states.move(db, decision, DecisionState.SETTLED, by=by, now=now)


def decisions_of(db: Session, exam_session_id: UUID) -> list[Decision]:
    """Return the decisions on an exam session's results, oldest first."""
    query = (
        select(Decision)
        .join(Decision.result)
        .join(Result.enrolment)
        .filter_by(exam_session_id=exam_session_id)
        .order_by(Decision.decided_at, Decision.id)
    )
    return list(db.scalars(query))
