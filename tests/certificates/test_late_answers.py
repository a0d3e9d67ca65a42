"""A result is not decided on while answers that came late may still count."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from callers import Caller
from flask import Flask
from world import World

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery import paper_forms
from examsvc.delivery.models import Enrolment
from examsvc.delivery.rescue import keeping, leaving
from examsvc.delivery.rescue.states import Source
from examsvc.delivery.rescue.weighing import Line
from questionbank.kinds import ItemType
from scoring.models import Result

Late = Callable[..., None]


@pytest.fixture
def late(database: Database, ready: Result, moving_clock: MovableClock) -> Late:
    """Have a line of the candidate's journal arrive now, written a minute before the end or `after` that."""

    def arrive(after: timedelta = timedelta()) -> None:
        moving_clock.forward(minutes=10)
        with database.transaction() as db:
            sitting = get(db, Enrolment, ready.enrolment_id).sitting
            assert sitting.closes_at
            form = paper_forms.of_sitting(db, sitting)
            ref = next(ref for ref, question in form.items() if question.type == ItemType.TRUE_FALSE)
            at = min(sitting.closes_at, sitting.finished_at or sitting.closes_at) - timedelta(seconds=1) + after
            line = Line(sitting.epoch, sitting.last_seq + 1, ref, {"value": False}, flagged=True, client_at=at)
            keeping.keep(db, sitting, [line], source=Source.SENT_LATE, now=moving_clock())

    return arrive


def decided(app: Flask, result: Result) -> Any:
    body = {"outcome": "AWARD", "note": "", "digest": result.digest}
    return Caller(app).log_in("decider").post(f"/api/results/{result.id}/decision", body)


def desk_of(result: Result, world: World) -> str:
    return f"/api/exam-sessions/{world.exam_session.id}/enrolments/{result.enrolment_id}/late-answers"


def test_what_may_count_is_decided_about_first(
    app: Flask, database: Database, world: World, ready: Result, late: Late
) -> None:
    late()
    refused = decided(app, ready)
    assert (refused.status_code, refused.json["code"], refused.json["count"]) == (409, "late_answers_undecided", 1)
    office, desk = Caller(app).log_in("office"), desk_of(ready, world)
    assert office.get(desk).json["awaited"] == 1
    left = office.post(f"{desk}/leave", {"reason": "监考记录没有断网"})
    assert (left.json["awaited"], left.json["takeable"]) == (0, 1)
    assert office.post(f"{desk}/leave", {"reason": "再一次"}).json["code"] == "nothing_to_leave"
    assert decided(app, ready).status_code == 200
    with database.reading() as db:
        entries = audit.history(db, get(db, Enrolment, ready.enrolment_id).sitting.audit_stream)
    (entry,) = (each for each in entries if each.action == "sitting.late_answers_left")
    assert (entry.detail["reason"], entry.detail["lines"]) == ("监考记录没有断网", 1)


def test_what_was_written_after_the_end_holds_nothing_up(app: Flask, ready: Result, late: Late) -> None:
    late(after=timedelta(minutes=5))
    assert decided(app, ready).status_code == 200


def test_only_the_office_decides_that_late_answers_do_not_count(
    app: Flask, world: World, ready: Result, late: Late
) -> None:
    late()
    for username in ("decider", "supervisor", "proctor1"):
        refused = Caller(app).log_in(username).post(f"{desk_of(ready, world)}/leave", {"reason": "不计"})
        assert refused.json["code"] == "not_allowed"


def test_nothing_is_awaited_of_who_sent_nothing_late(
    database: Database, ready: Result, moving_clock: MovableClock
) -> None:
    with database.reading() as db:
        sitting_id = get(db, Enrolment, ready.enrolment_id).sitting.id
        assert leaving.awaited(db, sitting_id, now=moving_clock()) == 0
