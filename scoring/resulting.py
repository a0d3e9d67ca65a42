"""Results: recomputed in the same transaction whenever evidence becomes final, and at any time to prove them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.orm.attributes import set_committed_value

from examsvc.core import canonical, states
from examsvc.core.db import WRITERS_WAIT, get, only_locked
from examsvc.core.identity import system
from examsvc.delivery import signals as delivery_signals
from examsvc.delivery.models import Enrolment, ExamSession, Sitting, by_seat
from scoring import aggregate, assigning, evidence, signals, voids
from scoring.components import Known
from scoring.errors import ResultPublished
from scoring.material import Material, gather
from scoring.models import ComponentScore, Result, ScoreSheet
from scoring.states import ComponentKind, ResultState
from scoring.written import closing, collecting, questions
from scoring.written import signals as marking_signals

SCORING = system("scoring")
MOST_AT_ONCE = 200
Scores = dict[tuple[UUID, ComponentKind, UUID], ComponentScore]
"""The stored component scores by enrolment, kind and work task."""


@dataclass(frozen=True)
class Outcome:
    """A result as the evidence gives it now; `total`, `passed` and `digest` only once nothing is missing."""

    breakdown: list[dict[str, Any]]
    total: int | None
    passed: bool | None
    digest: str | None
    known: list[Known]


def recompute(db: Session, enrolment_id: UUID) -> Outcome:
    """Return the enrolment's result afresh from responses and marks, writing nothing; raises NotFound."""
    return _outcome(db, get(db, Enrolment, enrolment_id), None)


def _outcome(db: Session, enrolment: Enrolment, material: Material | None) -> Outcome:
    known, complete = evidence.known_components(db, enrolment, material)
    breakdown = [_line(one) for one in known]
    if not complete:
        return Outcome(breakdown, None, None, None, known)
    decimals = enrolment.exam_session.filing.specification.decimals
    exact = aggregate.weighted_total(one.component for one in known)
    total = aggregate.published(exact, decimals)
    passed = aggregate.is_pass(total)
    sealed = {"enrolment": enrolment.id, "breakdown": breakdown, "exact": str(exact), "decimals": decimals}
    digest = canonical.digest({**sealed, "total": total, "passed": passed})
    return Outcome(breakdown, total, passed, digest, known)


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
    material, scores = gather(db, enrolments), _scores(db, enrolment_ids)
    for enrolment, result in zip(enrolments, results, strict=True):
        if not voids.is_settled(db, result):
            _bring_up(db, result, _held_back(db, result, _outcome(db, enrolment, material)), scores, now)
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
    return [found.get(one.id) or _start(db, one.id, now) for one in enrolments]


def _bring_up(db: Session, result: Result, outcome: Outcome, scores: Scores, now: datetime) -> None:
    if result.state == ResultState.VOID:
        _keep(db, result, outcome, scores, now)
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
    db.flush()


def _start(db: Session, enrolment_id: UUID, now: datetime) -> Result:
    result = Result(enrolment_id=enrolment_id, state=ResultState.INCOMPLETE, breakdown=[], computed_at=now)
    db.add(result)
    db.flush()
    return result


def _keep(db: Session, result: Result, outcome: Outcome, scores: Scores, now: datetime) -> None:
    """Store what is known without a total: also of a result that is void, which may come back."""
    for known in outcome.known:
        _store_component(db, result.enrolment_id, known, scores, now)
    result.breakdown, result.computed_at = outcome.breakdown, now


def _store(db: Session, result: Result, outcome: Outcome, scores: Scores, now: datetime) -> None:
    _keep(db, result, outcome, scores, now)
    if outcome.total is not None:
        result.total, result.passed, result.digest = outcome.total, outcome.passed, outcome.digest
        states.move(db, result, ResultState.READY, by=SCORING, now=now, digest=outcome.digest)
        db.flush()
        signals.result_ready.send(result, db=db, now=now)


def _scores(db: Session, enrolment_ids: Collection[UUID]) -> Scores:
    found = db.scalars(select(ComponentScore).where(ComponentScore.enrolment_id.in_(enrolment_ids)))
    return {(score.enrolment_id, score.kind, score.work_task_id): score for score in found}


def _store_component(db: Session, enrolment_id: UUID, known: Known, scores: Scores, now: datetime) -> None:
    place = (enrolment_id, known.kind, known.work_task.id)
    score = scores.get(place) or ComponentScore(enrolment_id=enrolment_id, kind=known.kind, work_task_id=place[2])
    score.points, score.most = known.component.points, known.component.most
    score.evidence, score.computed_at = known.evidence, now
    db.add(score)


def _line(known: Known) -> dict[str, Any]:
    """Return a component as a line of the breakdown; exact hundredths are fractions written out ("19000/3")."""
    component = known.component
    return {
        "kind": str(known.kind),
        "work_task": known.work_task.number,
        "name": known.work_task.name,
        "share": component.share,
        "points": str(component.points),
        "most": component.most,
        "weighted": str(component.weighted),
        "evidence": known.evidence,
    }


def _enrolled(enrolment: Enrolment, *, db: Session, now: datetime) -> None:
    assigning.make_sheets_for(enrolment, db=db, now=now)
    _start(db, enrolment.id, now)


def _paper_changed(exam_session: ExamSession, *, db: Session, now: datetime) -> None:
    assigning.make_sheets_anew(exam_session, db=db, now=now)


def _sitting_finished(sitting: Sitting, *, db: Session, now: datetime) -> None:
    if collecting.collect(db, sitting):
        closing.reopen_for(db, sitting, now=now)
    refresh(db, sitting.enrolment_id, now=now)


def _answers_taken_over(sitting: Sitting, *, db: Session, now: datetime) -> None:  # noqa: ARG001 (the signal's)
    """Answers never change under a published result: that takes an appeal."""
    result = only_locked(db, Result, enrolment_id=sitting.enrolment_id)
    if result is not None and voids.is_settled(db, result):
        raise ResultPublished


def _sittings_finished(sittings: Sequence[Sitting], *, db: Session, now: datetime) -> None:
    if questions.of_papers(db, list({sitting.paper_id for sitting in sittings})):
        for sitting in sittings:
            if collecting.collect(db, sitting):
                closing.reopen_for(db, sitting, now=now)
    refresh_all(db, [sitting.enrolment_id for sitting in sittings], now=now)


def _sitting_reopened(sitting: Sitting, *, db: Session, now: datetime) -> None:
    refresh(db, sitting.enrolment_id, now=now)


def _sheet_signed(sheet: ScoreSheet, *, db: Session, now: datetime) -> None:
    refresh(db, sheet.enrolment_id, now=now)


def _examiners_changed(exam_session: ExamSession, *, db: Session, now: datetime) -> None:
    """Whoever waited only for an examiner who is gone waits no more."""
    _refresh_finished(exam_session, db=db, now=now)


def _marking_changed(exam_session: ExamSession, *, db: Session, now: datetime) -> None:
    """With its written answers all marked, a session's results become ready; with new ones they wait again."""
    _refresh_finished(exam_session, db=db, now=now)


def _refresh_finished(exam_session: ExamSession, *, db: Session, now: datetime) -> None:
    over = (
        select(Enrolment.id)
        .join(Sitting)
        .where(Enrolment.exam_session_id == exam_session.id, Sitting.finished_at.is_not(None))
    )
    for enrolment_id in db.scalars(over.order_by(*by_seat())).all():
        refresh(db, enrolment_id, now=now)


def subscribe() -> None:
    """Connect scoring to what delivery and scoring announce; saying it twice connects once."""
    delivery_signals.candidate_enrolled.connect(_enrolled)
    delivery_signals.paper_changed.connect(_paper_changed)
    delivery_signals.sitting_finished.connect(_sitting_finished)
    delivery_signals.answers_taken_over.connect(_answers_taken_over)
    delivery_signals.sittings_finished.connect(_sittings_finished)
    delivery_signals.sitting_reopened.connect(_sitting_reopened)
    signals.sheet_signed.connect(_sheet_signed)
    signals.examiners_changed.connect(_examiners_changed)
    marking_signals.marking_changed.connect(_marking_changed)
