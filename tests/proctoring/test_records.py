import pytest
from callers import Caller
from flask import Flask
from sitters import Sitter
from sqlalchemy import select, text
from walls import Wall
from world import World

from examsvc.core import ids
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.delivery import finding
from proctoring import watching
from proctoring.floor import Floor
from proctoring.models import ProctorEvent
from proctoring.schemas.candidate import MOST_EVENTS
from proctoring.states import EventKind

pytestmark = pytest.mark.slow


def test_an_incident_is_opened_and_decided_once(wall: Wall, sitter: Sitter) -> None:
    opened = wall.post(f"{sitter.path}/incidents", {"category": "BEHAVIOUR", "note": "交头接耳"})
    assert opened.status_code == 201
    assert wall.tile(sitter)["open_incidents"] == 1
    path = f"/api/incidents/{opened.json['id']}/decision"
    decided = wall.post(path, {"outcome": "CONFIRMED", "note": "已警告"})
    assert decided.json["state"] == "CONFIRMED"
    assert wall.tile(sitter)["open_incidents"] == 0
    assert wall.post(path, {"outcome": "DISMISSED", "note": "又改了"}).json["code"] == "illegal_transition"
    assert wall.post(path, {"outcome": "OPEN", "note": "?"}).status_code == 422
    assert [each["decision_note"] for each in wall.get(f"{sitter.path}/incidents").json["items"]] == ["已警告"]


def test_the_timeline_is_one_story_in_one_order(wall: Wall, sitter: Sitter, moving_clock: MovableClock) -> None:
    sent_at = moving_clock.forward(seconds=1)
    event = {"kind": "TAB_HIDDEN", "client_at": sent_at.isoformat(), "detail": {"seconds": 3}}
    assert sitter.post(f"{sitter.path}/events", {"events": [event]}).status_code == 204
    moving_clock.forward(seconds=1)
    wall.order("PAUSE", sitter, text="核对身份")
    moving_clock.forward(seconds=1)
    wall.post(f"{sitter.path}/incidents", {"category": "IDENTITY", "note": "照片不符"})
    told = wall.get(f"{sitter.path}/timeline").json
    story = [(entry["type"], entry["kind"]) for entry in told["items"]]
    assert story.index(("EVENT", "TAB_HIDDEN")) < story.index(("COMMAND", "PAUSE"))
    assert story.index(("COMMAND", "PAUSE")) < story.index(("INCIDENT", "IDENTITY"))
    assert ("CHANGE", "sitting.paused") in story
    instants = [entry["at"] for entry in told["items"]]
    assert instants == sorted(instants)
    paused = next(entry for entry in told["items"] if entry["kind"] == "PAUSE")
    assert paused["by"] == "proctor1先生"
    assert paused["detail"]["text"] == "核对身份"
    assert told["first_broken_snapshot"] is None


def test_alerts_count_from_the_opening_and_the_last_one_is_named(
    wall: Wall, sitters: list[Sitter], moving_clock: MovableClock
) -> None:
    sitter = sitters[0].enter().check_in()
    hide = {"events": [{"kind": "TAB_HIDDEN"}]}
    sitter.post(f"{sitter.path}/events", hide)
    assert wall.tile(sitter)["alerts"] == 0
    moving_clock.forward(seconds=5)
    sitter.claim()
    moving_clock.forward(seconds=5)
    sitter.post(f"{sitter.path}/events", hide)
    sitter.post(f"{sitter.path}/events", {"events": [{"kind": "FULLSCREEN_LEFT"}, {"kind": "TAB_SHOWN"}]})
    tile = wall.tile(sitter)
    assert tile["alerts"] == 2
    assert tile["last_alert"]["kind"] == "FULLSCREEN_LEFT"
    assert tile["last_event"]["kind"] == "TAB_SHOWN"


def test_a_page_cannot_report_what_only_the_server_notices(wall: Wall, sitter: Sitter) -> None:
    for kind in ("CONNECTED", "DISCONNECTED", "CAMERA_BLACK", "CAMERA_FROZEN", "NONSENSE"):
        assert sitter.post(f"{sitter.path}/events", {"events": [{"kind": kind}]}).status_code == 422


def test_events_detail_is_small_and_flat(wall: Wall, sitter: Sitter) -> None:
    for detail in ({"text": "x" * 2000}, {"nested": {"a": 1}}, {"list": [1]}, {"nul": "\x00"}):
        answer = sitter.post(f"{sitter.path}/events", {"events": [{"kind": "TAB_HIDDEN", "detail": detail}]})
        assert answer.status_code == 422


def test_a_page_gone_wild_is_restrained(wall: Wall, sitter: Sitter, moving_clock: MovableClock) -> None:
    burst = {"events": [{"kind": "WINDOW_BLURRED"}] * MOST_EVENTS}
    assert sitter.post(f"{sitter.path}/events", burst).status_code == 204
    one = {"events": [{"kind": "WINDOW_BLURRED"}]}
    assert sitter.post(f"{sitter.path}/events", one).json["code"] == "too_many_events"
    moving_clock.forward(seconds=1)
    assert sitter.post(f"{sitter.path}/events", one).status_code == 429
    moving_clock.forward(seconds=1)
    assert sitter.post(f"{sitter.path}/events", one).status_code == 204
    moving_clock.forward(seconds=2 * MOST_EVENTS - 1)
    assert sitter.post(f"{sitter.path}/events", burst).status_code == 429  # which costs nothing
    moving_clock.forward(seconds=1)
    assert sitter.post(f"{sitter.path}/events", burst).status_code == 204


def test_nothing_is_recorded_after_the_end_nor_for_somebody_else(wall: Wall, sitters: list[Sitter]) -> None:
    mine, other = sitters[0].begin(), sitters[1].begin()
    one = {"events": [{"kind": "TAB_HIDDEN"}]}
    assert other.post(f"{mine.path}/events", one).status_code == 404
    assert mine.hand_in().status_code == 200
    assert mine.post(f"{mine.path}/events", one).json["code"] == "sitting_ended"


def test_the_office_assigns_proctors_and_nobody_else(app: Flask, world: World) -> None:
    office, proctor = Caller(app).log_in("office"), Caller(app).log_in("proctor2")
    path = f"/api/exam-sessions/{world.exam_session.id}/proctors"
    both = [str(world.staff[name].id) for name in ("proctor1", "proctor2")]
    assert not set(both) & {one["account_id"] for one in office.get(path).json["items"]}
    named = office.put(path, {"account_ids": both}).json["items"]
    assert [(one["account_id"], one["name"]) for one in named] == [(both[0], "proctor1先生"), (both[1], "proctor2先生")]
    assert [each["code"] for each in proctor.get("/api/proctor/sessions").json["items"]] == ["S1"]
    assert office.put(path, {"account_ids": both[:1]}).json["items"] == named[:1]
    assert proctor.get("/api/proctor/sessions").json["items"] == []
    assert office.put(path, {"account_ids": [str(world.staff["author"].id)]}).json["code"] == "not_a_proctor"
    assert proctor.put(path, {"account_ids": []}).status_code == 403


def test_the_wall_shows_seat_name_clock_and_progress(wall: Wall, sitter: Sitter, floor: Floor) -> None:
    sitter.answer()
    state = wall.state()
    assert [tile["seat_number"] for tile in state["tiles"]] == [1, 2, 3]
    tile = state["tiles"][0]
    assert (tile["name"], tile["state"], tile["answered_count"], tile["question_count"]) == (
        "王小明", "IN_PROGRESS", 1, 10,
    )  # fmt: skip
    assert tile["closes_at"] == sitter.view()["closes_at"]
    assert tile["camera_check"] == "OK"
    assert (tile["is_connected"], tile["connection_since"]) == (False, None)
    assert state["tiles"][1]["state"] == "EXPECTED"
    assert state["exam_session"]["code"] == "S1"
    assert state["health"]["health"] == 0
    assert "identity" not in str(state)


def test_what_is_noticed_is_recorded_while_somebody_changes_the_sitting(database: Database, world: World) -> None:
    """Otherwise a batch of frames or notices and a command for all would wait for one another for ever."""
    if database.is_sqlite:  # it has one writer
        return
    sitting_id = world.enrolments[0].sitting.id
    with database.transaction() as holder:
        finding.locked(holder, sitting_id)
        with database.transaction() as db:
            db.execute(text("SET LOCAL lock_timeout = '3s'"))
            watching.notice(db, sitting_id, EventKind.CONNECTED, at=world.now)


def test_what_is_noticed_of_a_sitting_that_was_cleared_away_keeps_back_no_other_notice(
    database: Database, world: World
) -> None:
    sitting_id = world.enrolments[0].sitting.id
    with database.transaction() as db:
        watching.notice(db, ids.new_id(), EventKind.DISCONNECTED, at=world.now)
        watching.notice(db, sitting_id, EventKind.CONNECTED, at=world.now)
    with database.reading() as db:
        assert db.scalars(select(ProctorEvent.kind)).all() == [EventKind.CONNECTED]
