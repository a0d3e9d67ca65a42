"""One whole assessment through the API: every role does its part, and the certificate can be recomputed."""

import uuid
from typing import Any

import pytest
from callers import Caller
from flask import Flask
from world import IDENTITY_NUMBERS, NAMES, World

from examsvc import wiring
from examsvc.core import clock, sweeps
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database

pytestmark = pytest.mark.slow

RIGHT = {
    "SINGLE_CHOICE": {"choice": "b"},
    "MULTIPLE_CHOICE": {"choices": ["a", "c"]},
    "TRUE_FALSE": {"value": True},
    "FILL_IN": {"blanks": ["提示词"]},
    "NUMERIC": {"text": "1.5"},
}


def test_a_candidate_goes_from_the_ticket_to_a_certificate(
    app: Flask, world: World, database: Database, moving_clock: MovableClock
) -> None:
    sit_theory(app, world, moving_clock)
    for examiner in ("examiner1", "examiner2", "examiner3"):
        examine(Caller(app).log_in(examiner), world)
    number = decide_and_issue(app, world, database)
    answer = Caller(app).post(
        "/api/certificates/query",
        {"number": number, "name": NAMES[0], "identity_number": IDENTITY_NUMBERS[0]},
    )
    assert answer.status_code == 200
    assert answer.json["state"] == "VALID"
    assert NAMES[0] not in answer.text


def sit_theory(app: Flask, world: World, moving_clock: MovableClock) -> None:
    office = Caller(app).log_in("office")
    examiners = [str(world.staff[name].id) for name in ("examiner1", "examiner2", "examiner3")]
    assert (
        office.put(f"/api/exam-sessions/{world.exam_session.id}/examiners", {"account_ids": examiners}).status_code
        == 200
    )
    caller = Caller(app)
    login = {"ticket_number": world.enrolments[0].ticket_number, "proof": IDENTITY_NUMBERS[0][-6:]}
    answer = caller.post("/api/candidate/login", login)
    assert answer.status_code == 200, answer.json
    caller.csrf_token = answer.json["csrf_token"]
    (mine,) = caller.get("/api/candidate/sittings").json["items"]
    path = f"/api/sittings/{mine['sitting_id']}"
    caller.post(f"{path}/identity-confirmation", {})
    caller.post(f"{path}/undertaking", {"name": NAMES[0]})
    check = {"camera": "NONE", "storage": True, "clock_offset_ms": 3, "round_trip_ms": 9, "screen": "1366x768"}
    caller.put(f"{path}/system-check", check)
    claim = caller.post(f"{path}/claim", {"after_epoch": 0}).json
    paper = caller.get(f"{path}/paper").json
    entries = [
        {
            "seq": seq,
            "item_ref": question["ref"],
            "answer": RIGHT[section["type"]],
            "flagged": False,
            "client_at": clock.now().isoformat(),
        }
        for seq, (section, question) in enumerate(
            ((section, question) for section in paper["sections"] for question in section["questions"]), start=1
        )
    ]
    receipt = caller.put(f"{path}/responses", {"epoch": claim["epoch"], "entries": entries}).json
    assert receipt["acknowledged_seq"] == len(entries) == receipt["answered_count"] == 10
    moving_clock.forward(minutes=5)
    done = caller.post(f"{path}/hand-in", {"epoch": claim["epoch"], "last_seq": len(entries)}).json
    assert done["state"] == "HANDED_IN"


def examine(caller: Caller, world: World) -> None:
    listed = caller.get(f"/api/examiner/sessions/{world.exam_session.id}/sheets").json["items"]
    mine = [sheet for sheet in listed if sheet["candidate_number"] == "01-01"]
    assert len(mine) == 2
    for item in mine:
        sign(caller, item["sheet_id"])


def sign(caller: Caller, sheet_id: str) -> None:
    sheet = caller.get(f"/api/sheets/{sheet_id}").json
    events: list[dict[str, Any]] = [
        {
            "event_id": str(uuid.uuid4()),
            "device_seq": seq,
            "criterion": number,
            "value": value,
            "note": "",
            "client_at": clock.now().isoformat(),
        }
        for seq, (number, value) in enumerate([(1, 40_00), (2, 40_00), (3, 5_00), (4, 0)], start=1)
    ]
    marked = caller.put(f"/api/sheets/{sheet_id}/marks", {"device_id": "tablet-1", "events": events})
    assert marked.status_code == 200, marked.json
    sheet = caller.get(f"/api/sheets/{sheet_id}").json
    signature = {"typed_name": caller.get("/api/me").json["name"], "digest": sheet["digest"]}
    signed = caller.post(f"/api/sheets/{sheet_id}/signature", signature)
    assert signed.status_code == 200, signed.json
    assert signed.json["total"] == 75_00


def decide_and_issue(app: Flask, world: World, database: Database) -> str:
    decider = Caller(app).log_in("decider")
    results = decider.get(f"/api/exam-sessions/{world.exam_session.id}/results").json["items"]
    ready = next(result for result in results if result["candidate_number"] == "01-01")
    assert ready["state"] == "READY"
    assert ready["total"] == 85_00  # 40 of 40 in theory, 75 % of 60 in practice
    decision = {"outcome": "AWARD", "note": "", "digest": ready["digest"]}
    assert decider.post(f"/api/results/{ready['result_id']}/decision", decision).status_code in (200, 201)
    sweeps.run(database, wiring.SWEEPS)
    office = Caller(app).log_in("office")
    (certificate,) = office.get(f"/api/exam-sessions/{world.exam_session.id}/certificates").json["items"]
    return str(certificate["number"])
