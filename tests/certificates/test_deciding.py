import threading
from datetime import datetime
from typing import Any

import passing
import pytest
from callers import Caller
from flask import Flask
from sqlalchemy import text, update
from world import World

from certificates import deciding
from certificates.errors import (
    AlreadyDecided,
    EvidenceDiffers,
    ExaminerCannotDecide,
    NoteMissing,
    NotPassed,
    ResultChanged,
    ResultNotReady,
)
from certificates.models import Decision
from certificates.states import DecisionOutcome, DecisionState
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, only
from examsvc.delivery import planning
from scoring import resulting
from scoring.models import Mark, Result
from scoring.states import ResultState

AWARD, REFUSE = DecisionOutcome.AWARD, DecisionOutcome.REFUSE


def path(result: Result) -> str:
    return f"/api/results/{result.id}/decision"


def body(result: Result, **other: Any) -> dict[str, Any]:
    return {"outcome": "AWARD", "note": "", "digest": result.digest, **other}


def test_an_award_publishes_the_result_and_is_recorded(
    app: Flask, database: Database, world: World, ready: Result
) -> None:
    answer = Caller(app).log_in("decider").post(path(ready), body(ready))
    assert answer.status_code == 200, answer.json
    assert answer.json["outcome"] == "AWARD"
    assert answer.json["state"] == "DECIDED"
    assert answer.json["decided_by"] == world.staff["decider"].display_name
    with database.reading() as db:
        assert db.get_one(Result, ready.id).state == ResultState.PUBLISHED
        actions = [entry.action for entry in audit.history(db, ready.audit_stream)]
    assert actions[-2:] == ["decision.made", "result.published"]


def test_the_same_decision_again_changes_nothing_and_another_one_conflicts(
    app: Flask, database: Database, ready: Result
) -> None:
    decider = Caller(app).log_in("decider")
    first = decider.post(path(ready), body(ready))
    assert decider.post(path(ready), body(ready)).json == first.json
    other = decider.post(path(ready), body(ready, outcome="REFUSE", note="另有情况"))
    assert (other.status_code, other.json["code"]) == (409, "already_decided")


def test_only_a_decision_maker_decides(app: Flask, ready: Result) -> None:
    for username in ("office", "examiner1", "registrar"):
        assert Caller(app).log_in(username).post(path(ready), body(ready)).json["code"] == "not_allowed"


def test_who_examined_the_candidate_does_not_decide(
    database: Database, world: World, ready: Result, moving_clock: MovableClock
) -> None:
    with pytest.raises(ExaminerCannotDecide), database.transaction() as db:
        passing.award(db, ready, by=world.by("examiner1"), now=moving_clock())
    with database.transaction() as db:
        passing.award(db, ready, by=world.by("examiner3"), now=moving_clock())


def test_a_refusal_needs_a_note_and_leaves_nothing_to_do(
    database: Database, world: World, ready: Result, moving_clock: MovableClock
) -> None:
    options: dict[str, Any] = {"digest": ready.digest, "by": world.by("decider"), "now": moving_clock()}
    with pytest.raises(NoteMissing), database.transaction() as db:
        deciding.decide(db, ready.id, REFUSE, note="", **options)
    with database.transaction() as db:
        made = deciding.decide(db, ready.id, REFUSE, note="冒名顶替，查实", **options)
        assert made.state == DecisionState.SETTLED


def test_only_what_the_decider_saw_is_decided(
    database: Database, world: World, ready: Result, moving_clock: MovableClock
) -> None:
    with pytest.raises(ResultChanged), database.transaction() as db:
        deciding.decide(db, ready.id, AWARD, note="", digest="0" * 64, by=world.by("decider"), now=moving_clock())


def test_a_mark_that_was_altered_behind_the_result_stops_the_decision(
    database: Database, world: World, ready: Result, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        db.execute(update(Mark).where(Mark.criterion == 1).values(value=20_00))
    with pytest.raises(EvidenceDiffers), database.transaction() as db:
        passing.award(db, ready, by=world.by("decider"), now=moving_clock())


def test_below_sixty_there_is_no_certificate(
    database: Database, world: World, ready: Result, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        failed = passing.sit_and_be_marked(db, world, 1, moving_clock(), passes=False)
        assert failed.total is not None
        assert failed.total < 60_00
        with pytest.raises(NotPassed):
            passing.award(db, failed, by=world.by("decider"), now=moving_clock())


def test_a_result_with_something_missing_is_not_decided(
    database: Database, world: World, moving_clock: MovableClock
) -> None:
    with database.transaction() as db, pytest.raises(ResultNotReady):
        result = only(db, Result, enrolment_id=world.enrolments[2].id)
        assert result is not None
        passing.award(db, result, by=world.by("decider"), now=moving_clock())


def test_no_result_of_a_cancelled_session_is_decided(
    database: Database, world: World, ready: Result, moving_clock: MovableClock
) -> None:
    act: dict[str, Any] = {"now": moving_clock()}
    with database.transaction() as db:
        planning.cancel_session(db, world.exam_session.id, reason="试题泄露", by=world.by("office"), **act)
    with pytest.raises(ResultNotReady, match="CANCELLED"), database.transaction() as db:
        passing.award(db, ready, by=world.by("decider"), **act)


def test_two_deciders_cannot_both_decide(
    database: Database, world: World, ready: Result, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        passing.award(db, ready, by=world.by("decider"), now=moving_clock())
    with pytest.raises(AlreadyDecided), database.transaction() as db:
        passing.award(db, ready, by=world.by("registrar"), now=moving_clock())
    with database.reading() as db:
        made = only(db, Decision, result_id=ready.id)
        assert made is not None
        assert made.decided_by_id == world.staff["decider"].id


def test_a_result_that_is_just_being_decided_is_not_taken_back(
    database: Database, world: World, ready: Result, moving_clock: MovableClock
) -> None:
    if database.is_sqlite:  # it has one writer
        return
    refreshed = threading.Thread(target=_refresh_with_other_evidence, args=(database, ready, moving_clock()))
    with database.transaction() as db:
        passing.award(db, db.get_one(Result, ready.id), by=world.by("decider"), now=moving_clock())
        refreshed.start()
        while not db.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")):
            assert refreshed.is_alive()
    refreshed.join()
    with database.reading() as db:
        assert db.get_one(Result, ready.id).state == ResultState.PUBLISHED


def _refresh_with_other_evidence(database: Database, ready: Result, now: datetime) -> None:
    with database.transaction() as db:
        db.execute(update(Mark).values(note="?"))
        resulting.refresh(db, ready.enrolment_id, now=now)
