"""Lost time on the wall: a chief decides, every candidate's page is told and says so."""

from typing import Any

import pytest
from sitters import Sitter
from walls import Wall
from world import World

from examsvc import worker
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery.ledger import beating
from examsvc.delivery.ledger.beating import Process
from proctoring import membership


@pytest.fixture
def outage_id(sitter: Sitter, database: Database, moving_clock: MovableClock) -> str:
    """The service was down for 97 seconds while a candidate sat."""
    for name, seconds in (("before", 97), ("after", 0)):
        with database.transaction() as db:
            outage = beating.beat(db, Process(name, moving_clock()), now=moving_clock())
        moving_clock.forward(seconds=seconds)
    worker.sweep_once(database)
    assert outage
    return str(outage.id)


def decide(wall: Wall, outage_id: str, *, approved: bool = True, reason: str = "服务器中断，全员补时") -> Any:
    return wall.post(f"{wall.path}/outages/{outage_id}/decision", {"approved": approved, "reason": reason})


def test_a_chief_approves_in_one_action_and_the_candidate_sees_why(
    wall: Wall, sitter: Sitter, outage_id: str, database: Database
) -> None:
    ledger = wall.get(f"{wall.path}/time-ledger").json
    assert ledger["may_decide"]
    [[proposed]] = [outage["credits"] for outage in ledger["items"]]
    assert (proposed["state"], proposed["seconds"]) == ("PROPOSED", 97)
    assert decide(wall, outage_id).status_code == 200
    worker.sweep_once(database)

    [command] = sitter.get(f"{sitter.path}/commands").json["items"]
    assert (command["kind"], command["seconds"], command["text"]) == ("CREDIT", 97, "服务器中断，全员补时")
    assert command["outage"]["cause"] == "SERVICE"
    assert command["closes_at"] == sitter.view()["closes_at"]
    assert sitter.post(f"{sitter.path}/commands/{command['id']}/shown").status_code == 204
    assert wall.tile(sitter)["command"]["shown_at"] is not None


def test_only_a_chief_decides(
    wall: Wall, app: Any, world: World, outage_id: str, database: Database, moving_clock: MovableClock
) -> None:
    chief, other = world.staff["proctor1"].id, world.staff["proctor2"].id
    with database.transaction() as db:
        act: dict[str, Any] = {"by": world.by("office"), "now": moving_clock()}
        membership.assign(db, world.exam_session.id, [chief, other], **act)
    second = Wall(app, world.exam_session.id)
    second.log_in("proctor2")
    assert not second.get(f"{second.path}/time-ledger").json["may_decide"]
    assert decide(second, outage_id).json["code"] == "not_a_chief"
    with database.transaction() as db:
        membership.assign(db, world.exam_session.id, [chief, other], chief_ids=[other], **act)
    assert decide(wall, outage_id).json["code"] == "not_a_chief"
    assert decide(second, outage_id).status_code == 200


def test_a_proctor_of_another_exam_session_sees_no_ledger(stranger: Wall, outage_id: str) -> None:
    assert stranger.get(f"{stranger.path}/time-ledger").status_code == 404
    assert decide(stranger, outage_id).status_code == 404


def test_a_decision_is_made_once_and_needs_a_reason(wall: Wall, outage_id: str) -> None:
    assert decide(wall, outage_id, reason=" ").status_code == 422
    assert decide(wall, outage_id, approved=False).status_code == 200
    assert decide(wall, outage_id).json["code"] == "nothing_proposed"


def test_a_credit_is_not_given_as_a_command(wall: Wall, sitter: Sitter) -> None:
    assert wall.order("CREDIT", sitter, seconds=600).status_code == 422


def test_the_office_names_the_chief(app: Any, world: World, wall: Wall, nobody: Any) -> None:
    path = f"/api/exam-sessions/{world.exam_session.id}/proctors"
    accounts = [str(world.staff[name].id) for name in ("proctor1", "proctor2")]
    office = nobody.log_in("office")
    named = office.put(path, {"account_ids": accounts, "chief_ids": accounts[1:]}).json["items"]
    assert {proctor["account_id"]: proctor["is_chief"] for proctor in named} == {accounts[0]: False, accounts[1]: True}
    kept = office.put(path, {"account_ids": accounts}).json["items"]
    assert [proctor["is_chief"] for proctor in kept] == [proctor["is_chief"] for proctor in named]
    [alone] = office.put(path, {"account_ids": accounts[:1]}).json["items"]
    assert alone["is_chief"]
