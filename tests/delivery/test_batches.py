"""Batches of exam sessions."""

import pytest
from callers import Caller
from flask import Flask
from world import World

from examsvc.core.db import Database
from examsvc.delivery.batches import keeping
from examsvc.delivery.errors import BatchOfAnother
from examsvc.registry import service as registry
from examsvc.registry.models import OrganisationKind

PATH = "/api/batches"


@pytest.fixture
def office(app: Flask, world: World) -> Caller:
    return Caller(app).log_in("office")


def test_sessions_of_any_state_are_put_into_a_batch_and_out_again(office: Caller, world: World) -> None:
    organisation = str(world.organisation.id)
    (made,) = office.post(PATH, {"code": "2026-4", "name": "第四批", "organisation_id": organisation}).json["items"]
    assert (made["organisation"], made["sessions"]) == ("上海测试有限公司", [])
    path = f"/api/exam-sessions/{world.exam_session.id}"
    (filled,) = office.put(f"{path}/batch", {"batch_id": made["id"]}).json["items"]
    assert [(one["code"], one["enrolled"]) for one in filled["sessions"]] == [("S1", 3)]
    assert office.get(path).json["batch_id"] == made["id"]
    (emptied,) = office.put(f"{path}/batch", {"batch_id": None}).json["items"]
    assert emptied["sessions"] == []


def test_a_batch_is_renamed_and_its_code_is_its_own(office: Caller, world: World) -> None:
    organisation = str(world.organisation.id)
    for code in ("A", "B"):
        office.post(PATH, {"code": code, "name": code, "organisation_id": organisation})
    items = {item["code"]: item["id"] for item in office.get(PATH).json["items"]}
    assert office.put(f"{PATH}/{items['A']}", {"code": "B", "name": "甲"}).json["code"] == "batch_code_taken"
    renamed = office.put(f"{PATH}/{items['A']}", {"code": "C", "name": "甲"}).json["items"]
    assert {item["code"]: item["name"] for item in renamed} == {"C": "甲", "B": "B"}
    again = office.post(PATH, {"code": "C", "name": "乙", "organisation_id": organisation})
    assert again.json["code"] == "batch_code_taken"


def test_a_batch_takes_no_session_of_another_organisation(database: Database, world: World) -> None:
    with database.transaction() as db:
        by, now = world.by("registrar"), world.now
        kind, where = OrganisationKind.ENTERPRISE, {"district": "静安区", "address": "路"}
        other = registry.register_proven(db, "别的机构", "91310000MA1FL0BW3K", kind, **where, by=by, now=now)
        batch = keeping.create(db, "X", "别的批次", other.id, by=by, now=now)
        with pytest.raises(BatchOfAnother):
            keeping.put_session(db, world.exam_session.id, batch.id, by=by, now=now)
