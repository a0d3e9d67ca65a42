"""Results: recomputed in the same transaction whenever evidence becomes final, and at any time to prove them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from examsvc.core import states
from examsvc.core.db import WRITERS_WAIT, get
from examsvc.core.identity import system
from examsvc.delivery.models import Enrolment, Sitting
from scoring import signals, voids
from scoring.component_scores import ComponentScores
from scoring.material import gather
from scoring.models import Result
from scoring.outcomes import Outcome, outcome_of
from scoring.states import ResultState
from scoring.written import closing

SCORING = system("scoring")
MOST_AT_ONCE = 200


def refresh(db: Session, enrolment_id: UUID, *, now: datetime) -> Result:
    """Bring the stored result up to the evidence and return it; one that is or was PUBLISHED stays as it is.

    One that is READY is taken back when its evidence changed: a sitting was opened again, or answers that had
    arrived in time were stored after its end.
    The enrolment's row is locked, so that of two examiners who sign at once the second sees the first; then the
    result's, so that one that is just being decided is not taken back after the decision.
    """
    (result,) = refresh_all(db, [get(db, Enrolment, enrolment_id).id], now=now)
    return result


def refresh_all(db: Session, enrolment_ids: Collection[UUID], *, now: datetime) -> list[Result]:
    """Bring the stored results of many enrolments up to the evidence, as `refresh` does, and return them."""
    enrolments = _locked(db, enrolment_ids)
    results = _locked_results(db, enrolments, now)
    material, scores = gather(db, enrolments), ComponentScores(db, enrolment_ids)
    for enrolment, result in zip(enrolments, results, strict=True):
        if not voids.is_settled(db, result):
            _bring_up(db, result, _held_back(db, result, outcome_of(db, enrolment, material)), scores, now)
    scores.write()
    db.flush()
    return results


def _locked(db: Session, enrolment_ids: Collection[UUID]) -> Sequence[Enrolment]:
    query = (
        select(Enrolment)
        .where(Enrolment.id.in_(enrolment_ids))
        .options(joinedload(Enrolment.sitting, innerjoin=True).defer(Sitting.arrangement))
        .order_by(Enrolment.id)
        .with_for_update(of=Enrolment, **WRITERS_WAIT)
        .execution_options(populate_existing=True)
    )
    enrolments = db.scalars(query).all()
    for one in enrolments:  # to load a sitting afresh makes it forget whose it is, and each would be asked for again
        set_committed_value(one.sitting, "enrolment", one)
    return enrolments


def _locked_results(db: Session, enrolments: Sequence[Enrolment], now: datetime) -> list[Result]:
    query = select(Result).where(Result.enrolment_id.in_([one.id for one in enrolments])).order_by(Result.enrolment_id)
    locking = query.with_for_update(**WRITERS_WAIT).execution_options(populate_existing=True)
    found = {result.enrolment_id: result for result in db.scalars(locking)}
    return [found.get(one.id) or start(db, one.id, now) for one in enrolments]


def _bring_up(db: Session, result: Result, outcome: Outcome, scores: ComponentScores, now: datetime) -> None:
    if result.state == ResultState.VOID:
        _keep(result, outcome, scores, now)
        return
    if result.state == ResultState.READY:
        if outcome.digest == result.digest:
            return
        _take_back(db, result, now)
    _store(db, result, outcome, scores, now)


def _held_back(db: Session, result: Result, outcome: Outcome) -> Outcome:
    """Return the outcome without a total while written answers of the exam session, of whomever, are not all marked."""
    if outcome.total is None or closing.is_final(db, result.enrolment.exam_session):
        return outcome
    return replace(outcome, total=None, passed=None, digest=None)


def _take_back(db: Session, result: Result, now: datetime) -> None:
    was = result.digest
    result.total = result.passed = result.digest = None
    states.move(db, result, ResultState.INCOMPLETE, by=SCORING, now=now, was=was)


def start(db: Session, enrolment_id: UUID, now: datetime) -> Result:
    """Begin the result of an enrolment, of which nothing is known yet."""
    result = Result(enrolment_id=enrolment_id, state=ResultState.INCOMPLETE, breakdown=[], computed_at=now)
    db.add(result)
    db.flush()
    return result


def _keep(result: Result, outcome: Outcome, scores: ComponentScores, now: datetime) -> None:
    """Store what is known without a total: also of a result that is void, which may come back.

    The evidence is long, and the component scores hold it: it is told here again once the whole is sealed.
    """
    for known in outcome.known:
        scores.keep(result.enrolment_id, known, now)
    is_whole = outcome.total is not None
    result.breakdown = outcome.breakdown if is_whole else [_without_evidence(line) for line in outcome.breakdown]
    result.computed_at = now


def _without_evidence(line: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name != "evidence"}


def _store(db: Session, result: Result, outcome: Outcome, scores: ComponentScores, now: datetime) -> None:
    _keep(result, outcome, scores, now)
    if outcome.total is not None:
        scores.write()  # whoever hears of the result finds them
        result.total, result.passed, result.digest = outcome.total, outcome.passed, outcome.digest
        states.move(db, result, ResultState.READY, by=SCORING, now=now, digest=outcome.digest)
        signals.result_ready.send(result, db=db, now=now)
