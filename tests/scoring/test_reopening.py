"""A result that was ready is taken back when the evidence under it changes."""

from collections.abc import Callable

from flask import Flask
from sitters import Sitter
from tablets import FULL, Tablet
from world import World

from examsvc.core import audit
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, only
from examsvc.delivery import finishing, invigilating
from scoring import outcomes
from scoring.models import Result

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
