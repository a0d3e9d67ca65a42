"""A name that is on a certificate is not corrected while the certificate stands."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Event
from typing import Any

import passing
import pytest
from callers import Caller
from flask import Flask
from world import NAMES, World

from certificates import issuing, verifying
from certificates.models import Certificate, Decision
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery import correcting
from scoring.models import Result

pytestmark = pytest.mark.slow

RIGHT = "王晓明"


def correct(app: Flask, world: World) -> Any:
    path = f"/api/exam-sessions/{world.exam_session.id}/enrolments/{world.enrolments[0].id}/name"
    return Caller(app).log_in("office").put(path, {"name": RIGHT, "reason": "录入有误"})


def test_what_is_certified_stands_until_the_certificate_is_withdrawn(
    app: Flask, world: World, issued: Certificate, database: Database
) -> None:
    office = Caller(app).log_in("office")
    for step in ("suspension", "withdrawal"):
        refused = correct(app, world)
        assert (refused.status_code, refused.json["code"]) == (409, "name_certified")
        assert refused.json["number"] == issued.number
        assert office.post(f"/api/certificates/{issued.id}/{step}", {"reason": "姓名有误"}).status_code == 200
    assert correct(app, world).status_code == 200
    with database.reading() as db:
        found = verifying.find(db, issued.number)
        assert found.record["holder"]["name"] == NAMES[0]
        assert all(step.holds for step in verifying.steps(db, found))


def test_a_name_corrected_before_is_certified(
    app: Flask, world: World, ready: Result, database: Database, moving_clock: MovableClock
) -> None:
    assert correct(app, world).status_code == 200
    with database.transaction() as db:
        award = passing.award(db, db.get_one(Result, ready.id), by=world.by("decider"), now=moving_clock())
        assert passing.issue(db, award, moving_clock()).holder_name == RIGHT


@pytest.mark.postgresql_only
def test_a_certificate_that_is_issued_meanwhile_has_the_corrected_name(
    world: World, ready: Result, database: Database, moving_clock: MovableClock
) -> None:
    now: datetime = moving_clock()
    with database.transaction() as db:
        award = passing.award(db, db.get_one(Result, ready.id), by=world.by("decider"), now=now).id
    began = Event()

    def issue() -> str:
        with database.transaction() as db:
            candidate = db.get_one(Decision, award).result.enrolment.candidate
            assert candidate.name == NAMES[0]
            began.set()
            issuing.settle(db, award, now)
            return candidate.name

    with ThreadPoolExecutor(1) as pool:
        with database.transaction() as db:
            enrolment, act = world.enrolments[0], {"by": world.by("office"), "now": now}
            where = (world.exam_session.id, enrolment.id)
            correcting.correct_name(db, *where, RIGHT, reason="录入有误", **act)
            issuing_now = pool.submit(issue)
            assert began.wait(30)
        assert issuing_now.result(30) == RIGHT
