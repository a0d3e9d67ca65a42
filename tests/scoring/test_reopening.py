"""A result that was ready is taken back when the evidence under it changes."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sitters import Sitter
from tablets import FULL, Tablet
from world import World

from examsvc import worker
from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get, only
from examsvc.delivery import finishing, invigilating, moving
from examsvc.delivery.attendance import taking_back
from examsvc.delivery.models import Sitting
from scoring import outcomes
from scoring.errors import ResultPublished
from scoring.models import Result
from scoring.states import ResultState

Lend = Callable[..., Tablet]


def test_an_extension_after_the_end_takes_a_ready_result_back_until_the_sitting_ends_again(
    app: Flask, tablet: Lend, examined: World, database: Database, moving_clock: MovableClock
) -> None:
    sitter = Sitter(app, examined.enrolments[0], moving_clock)
    sitter.begin()
    sign_both(tablet, examined)
    moving_clock.forward(minutes=70)
    settle(database, examined, moving_clock)
    ready = stored(database, examined)
    assert (ready.state, ready.total) == ("READY", 60_00)

    with database.transaction() as db:
        sitting_id = examined.enrolments[0].sitting.id
        by = examined.by("proctor1")
        invigilating.extend(db, sitting_id, seconds=600, reason="断网", by=by, now=moving_clock())
    taken_back = stored(database, examined)
    assert (taken_back.state, taken_back.total, taken_back.passed, taken_back.digest) == (
        "INCOMPLETE",
        None,
        None,
        None,
    )

    moving_clock.forward(minutes=20)
    settle(database, examined, moving_clock)
    again = stored(database, examined)
    assert (again.state, again.total) == ("READY", 60_00)
    with database.reading() as db:
        actions = [entry.action for entry in audit.history(db, again.audit_stream)]
        assert outcomes.recompute(db, again.enrolment_id).digest == again.digest
    assert actions == ["result.ready", "result.incomplete", "result.ready"]


@pytest.fixture
def absent(tablet: Lend, examined: World, database: Database, moving_clock: MovableClock) -> Result:
    """The ready result of somebody who never came to the theory part."""
    sign_both(tablet, examined)
    moving_clock.at = examined.exam_session.ends_at + timedelta(seconds=1)
    worker.sweep_once(database)
    result = stored(database, examined)
    assert result.state == "READY"
    return result


def test_the_result_of_an_absence_that_is_taken_back_is_made_anew_from_what_is_answered_then(
    app: Flask, absent: Result, examined: World, database: Database, moving_clock: MovableClock
) -> None:
    act = {"reason": "误记", "by": examined.by("office"), "now": moving_clock()}
    with database.transaction() as db:
        taking_back.take_back(db, examined.enrolments[0].sitting.id, **act)
    back = stored(database, examined)
    assert (back.state, back.total, back.passed, back.digest) == ("INCOMPLETE", None, None, None)
    with database.transaction() as db:
        moving.move_start(db, examined.exam_session.id, moving_clock() + timedelta(minutes=10), **act)
    moving_clock.forward(minutes=11)
    sitter = Sitter(app, examined.enrolments[0], moving_clock)
    sitter.begin()
    sitter.answer()
    assert sitter.hand_in().status_code == 200
    again = stored(database, examined)
    assert again.state == "READY"
    assert (again.total or 0) > (absent.total or 0)
    with database.reading() as db:
        assert outcomes.recompute(db, again.enrolment_id).digest == again.digest


@pytest.mark.parametrize("how", ["taken back", "moved"])
def test_once_its_result_is_decided_an_absence_stands(
    absent: Result, examined: World, database: Database, moving_clock: MovableClock, how: str
) -> None:
    with database.transaction() as db:
        get(db, Result, absent.id).state = ResultState.PUBLISHED
    act = {"reason": "误记", "by": examined.by("office"), "now": moving_clock()}
    sitting_id = examined.enrolments[0].sitting.id
    with pytest.raises(ResultPublished), database.transaction() as db:
        if how == "taken back":
            taking_back.take_back(db, sitting_id, **act)
        else:
            moving.move_start(db, examined.exam_session.id, moving_clock() + timedelta(hours=1), **act)
    with database.reading() as db:
        assert get(db, Sitting, sitting_id).state == "ABSENT"


def sign_both(tablet: Lend, world: World) -> None:
    for name in ("examiner1", "examiner2"):
        own = tablet(name)
        for line in own.sheets(world.exam_session.id):
            if line["candidate_number"] == "01-01":
                own.finish(line["sheet_id"], FULL)


def settle(database: Database, world: World, moving_clock: MovableClock) -> None:
    with database.transaction() as db:
        finishing.settle(db, world.enrolments[0].sitting.id, now=moving_clock())


def stored(database: Database, world: World) -> Result:
    with database.reading() as db:
        found = only(db, Result, enrolment_id=world.enrolments[0].id)
    assert found is not None
    return found
