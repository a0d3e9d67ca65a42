from callers import Caller
from flask import Flask
from world import World

from examsvc.accounts.models import AccountRole
from examsvc.accounts.roles import Role
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from scoring import assigning


def test_the_desk_counts_each_sessions_results_by_state(app: Flask, world: World) -> None:
    (line,) = Caller(app).log_in("decider").get("/api/decisions/desk").json["items"]
    assert line["exam_session_id"] == str(world.exam_session.id)
    assert (line["waiting"], line["decided"], line["incomplete"]) == (0, 0, 3)
    assert line["examined"] is False


def test_who_examined_in_a_session_is_told_so(
    app: Flask, world: World, database: Database, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        ids = [world.staff["examiner1"].id]
        assigning.assign_examiners(db, world.exam_session.id, ids, by=world.by("office"), now=moving_clock())
        db.add(AccountRole(account_id=ids[0], role=Role.DECISION_MAKER))
    (line,) = Caller(app).log_in("examiner1").get("/api/decisions/desk").json["items"]
    assert line["examined"] is True


def test_only_decision_makers_have_a_desk(app: Flask, world: World) -> None:
    assert Caller(app).log_in("office").get("/api/decisions/desk").status_code == 403
