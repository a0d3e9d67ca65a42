import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pictures
import pytest
from callers import Caller
from flask import Flask
from flask_socketio.test_client import SocketIOTestClient
from sitters import Sitter
from sqlalchemy import select
from walls import Wall
from world import World

from examsvc.app import socket_server
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database
from examsvc.core.socket_guards import MOST_SENT_BYTES
from proctoring import membership
from proctoring.announcing import TILES_A_MESSAGE
from proctoring.models import ProctorEvent
from proctoring.sockets.running import RUNNING, Running

pytestmark = pytest.mark.slow

Join = Callable[..., SocketIOTestClient]


@pytest.fixture
def running(app: Flask) -> Running:
    found: Running = app.extensions[RUNNING]
    return found


@pytest.fixture
def join(app: Flask) -> Join:
    """Connect a browser's socket to a namespace with its login cookie."""

    def connect(caller: Caller, namespace: str, auth: Any) -> SocketIOTestClient:
        return SocketIOTestClient(
            app, socket_server(app), namespace=namespace, auth=auth, flask_test_client=caller.client
        )

    return connect


@pytest.fixture
def page(join: Join, sitter: Sitter) -> SocketIOTestClient:
    return join(sitter, "/candidate", sitter.line_auth())


@pytest.fixture
def screen(join: Join, wall: Wall, world: World) -> SocketIOTestClient:
    return join(wall, "/proctor", {"exam_session_id": str(world.exam_session.id)})


def heard(client: SocketIOTestClient, namespace: str, name: str) -> list[Any]:
    return [each["args"][0] for each in client.get_received(namespace) if each["name"] == name]


def told(page: SocketIOTestClient, name: str, *args: Any) -> Any:
    """Send an event and return what it was answered."""
    return page.emit(name, *args, namespace="/candidate", callback=True)


def kinds(database: Database) -> list[str]:
    with database.reading() as db:
        return [str(event.kind) for event in db.scalars(select(ProctorEvent).order_by(ProctorEvent.at))]


def test_only_the_candidate_of_a_sitting_connects_to_it(join: Join, sitters: list[Sitter], app: Flask) -> None:
    mine, other = sitters[0].begin(), sitters[1].begin()
    proctor = Caller(app).log_in("proctor1")
    assert join(mine, "/candidate", mine.line_auth()).is_connected("/candidate")
    for caller in (other, Caller(app), proctor):
        auth = {**mine.line_auth(), "csrf_token": caller.csrf_token}
        assert not join(caller, "/candidate", auth).is_connected("/candidate")


@pytest.mark.sqlite_only
@pytest.mark.parametrize("auth", [None, {}, {"sitting_id": "1"}, "x", 5, [1], {"sitting_id": None, "room": "wall:1"}])
def test_a_connection_without_a_good_sitting_is_refused(join: Join, sitter: Sitter, auth: Any) -> None:
    assert not join(sitter, "/candidate", auth).is_connected("/candidate")


def test_only_assigned_proctors_connect_to_the_wall(
    join: Join, wall: Wall, stranger: Wall, sitter: Sitter, world: World
) -> None:
    auth = {"exam_session_id": str(world.exam_session.id)}
    assert join(wall, "/proctor", auth).is_connected("/proctor")
    assert not join(stranger, "/proctor", auth).is_connected("/proctor")
    assert not join(sitter, "/proctor", auth).is_connected("/proctor")


def test_a_frame_over_the_socket_is_answered_with_the_next_interval(page: SocketIOTestClient) -> None:
    meta = {"seq": 1, "taken_at": "2026-11-23T01:00:00Z"}
    assert told(page, "frame", meta, pictures.scene(1)) == {"next_ms": 10_000, "health": 0}


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("args", "code"),
    [
        (({"seq": 1, "taken_at": "2026-11-23T01:00:00Z"}, pictures.png()), "bad_frame"),
        (({"seq": 1, "taken_at": "2026-11-23T01:00:00Z"}, "text"), "bad_frame"),
        (({"seq": 1, "taken_at": "2026-11-23T01:00:00Z"},), "bad_frame"),
        (({"seq": "x", "taken_at": "2026-11-23T01:00:00Z"}, b""), "invalid"),
        (({"seq": 1}, b""), "invalid"),
        ((5, b""), "invalid"),
        ((), "invalid"),
    ],
)
def test_a_bad_frame_is_answered_as_data_and_the_connection_stays(
    page: SocketIOTestClient, args: tuple[Any, ...], code: str
) -> None:
    assert told(page, "frame", *args)["code"] == code
    assert page.is_connected("/candidate")


def test_an_event_is_recorded_before_it_is_acknowledged_and_alerts_the_wall(
    page: SocketIOTestClient, screen: SocketIOTestClient, database: Database
) -> None:
    assert told(page, "event", {"kind": "TAB_HIDDEN", "client_at": "2026-11-23T00:59:59Z", "detail": {}}) == {}
    assert kinds(database) == ["TAB_HIDDEN"]
    alert = heard(screen, "/proctor", "alert")[0]
    assert (alert["kind"], alert["client_at"]) == ("TAB_HIDDEN", "2026-11-23T00:59:59+00:00")
    assert told(page, "event", {"kind": "CONNECTED"})["code"] == "invalid"
    assert told(page, "event", "x")["code"] == "invalid"
    for unstorable in ("\ud800", float("nan")):
        assert told(page, "event", {"kind": "TAB_HIDDEN", "detail": {"label": unstorable}})["code"] == "invalid"
    assert told(page, "event", {"kind": "TAB_HIDDEN", "detail": {"label": "摄像头 📷"}}) == {}


def test_a_command_reaches_the_page_after_the_commit_and_its_receipt_the_wall(
    page: SocketIOTestClient, screen: SocketIOTestClient, wall: Wall, sitter: Sitter, running: Running,
    moving_clock: MovableClock,
) -> None:  # fmt: skip
    given = wall.order("EXTEND", sitter, seconds=60, text="断电").json
    command = heard(page, "/candidate", "command")[0]
    assert (command["id"], command["kind"], command["seconds"]) == (given["id"], "EXTEND", 60)
    assert command["closes_at"] == sitter.view()["closes_at"]
    assert command["server_now"] == moving_clock().isoformat()
    assert told(page, "command_shown", {"id": given["id"]}) == {}
    running.round(moving_clock())
    tile = heard(screen, "/proctor", "tiles")[-1]["tiles"][0]
    assert (tile["command"]["id"], tile["command"]["shown_at"]) == (given["id"], moving_clock().isoformat())
    assert told(page, "command_shown", {"id": str(sitter.enrolment.id)})["code"] == "not_found"


def test_a_refused_command_is_pushed_to_nobody(page: SocketIOTestClient, wall: Wall, sitter: Sitter) -> None:
    assert wall.order("RESUME", sitter).status_code == 409
    assert heard(page, "/candidate", "command") == []


def test_changes_of_a_second_come_as_one_message(
    screen: SocketIOTestClient, sitter: Sitter, running: Running, moving_clock: MovableClock
) -> None:
    running.round(moving_clock())
    assert len(heard(screen, "/proctor", "tiles")[-1]["tiles"]) == 3
    for _ in range(5):
        sitter.answer()
    running.round(moving_clock())
    messages = heard(screen, "/proctor", "tiles")
    assert [[tile["answered_count"] for tile in message["tiles"]] for message in messages] == [[1]]
    running.round(moving_clock())
    assert heard(screen, "/proctor", "tiles") == []


def test_a_silent_wall_still_gets_a_sign_of_life(
    screen: SocketIOTestClient, running: Running, moving_clock: MovableClock
) -> None:
    running.round(moving_clock())
    screen.get_received("/proctor")
    moving_clock.forward(seconds=10)
    running.round(moving_clock())
    life = heard(screen, "/proctor", "tiles")[0]
    assert life["tiles"] == []
    assert life["health"]["health"] == 0


def test_what_another_process_changed_shows_within_ten_seconds(
    screen: SocketIOTestClient, sitter: Sitter, running: Running, moving_clock: MovableClock, database: Database
) -> None:
    running.round(moving_clock())
    screen.get_received("/proctor")
    with database.transaction() as db:  # no signal is sent
        sitting = db.merge(sitter.enrolment.sitting)
        db.refresh(sitting)
        sitting.answered_count = 7
    moving_clock.forward(seconds=10)
    running.round(moving_clock())
    assert [tile["answered_count"] for tile in heard(screen, "/proctor", "tiles")[0]["tiles"]] == [7]


def test_a_reload_is_not_an_offence_but_staying_away_is_recorded(
    page: SocketIOTestClient, join: Join, sitter: Sitter, wall: Wall, running: Running, database: Database,
    moving_clock: MovableClock,
) -> None:  # fmt: skip
    running.round(moving_clock())
    assert kinds(database) == ["CONNECTED"]
    assert wall.tile(sitter)["is_connected"]
    page.disconnect("/candidate")
    assert not wall.tile(sitter)["is_connected"]
    moving_clock.forward(seconds=7)
    running.round(moving_clock())
    again = join(sitter, "/candidate", sitter.line_auth())
    moving_clock.forward(seconds=30)
    running.round(moving_clock())
    assert kinds(database) == ["CONNECTED"]
    went_at = moving_clock()
    again.disconnect("/candidate")
    moving_clock.forward(seconds=8)
    running.round(moving_clock())
    assert wall.tile(sitter)["last_alert"] == {
        "kind": "DISCONNECTED", "at": went_at.isoformat(), "id": wall.tile(sitter)["last_alert"]["id"],
    }  # fmt: skip
    moving_clock.forward(seconds=22)
    join(sitter, "/candidate", sitter.line_auth())
    running.round(moving_clock())
    assert kinds(database) == ["CONNECTED", "DISCONNECTED", "CONNECTED"]
    with database.reading() as db:
        last = db.scalars(select(ProctorEvent).order_by(ProctorEvent.at.desc())).first()
        assert last is not None
        assert last.detail == {"away_seconds": 30}


def ping_unanswered(app: Flask, page: SocketIOTestClient) -> None:
    """The line is found lost as Engine.IO finds it: the last ping had no answer."""
    engine = socket_server(app).server
    engine._handle_eio_disconnect(page.eio_sid, engine.reason.PING_TIMEOUT)


@pytest.mark.parametrize(("framed_before", "away_before"), [(None, 38), (12, 12), (50, 38)])
def test_a_machine_that_died_is_away_since_its_last_sign_and_not_since_that_was_found(
    app: Flask, page: SocketIOTestClient, sitter: Sitter, wall: Wall, running: Running, moving_clock: MovableClock,
    framed_before: int | None, away_before: int,
) -> None:  # fmt: skip
    running.round(moving_clock())
    if framed_before is not None:
        meta = {"seq": 1, "taken_at": moving_clock.forward(seconds=90 - framed_before).isoformat()}
        told(page, "frame", meta, pictures.scene(1))
        running.floor.write()
    found_at = moving_clock.forward(seconds=90 if framed_before is None else framed_before)
    ping_unanswered(app, page)
    running.round(moving_clock())
    since = (found_at - timedelta(seconds=away_before)).isoformat()
    tile = wall.tile(sitter)
    assert (tile["last_alert"]["kind"], tile["last_alert"]["at"]) == ("DISCONNECTED", since)
    assert tile["connection_since"] == since


def test_no_line_was_lost_before_it_stood(
    app: Flask, page: SocketIOTestClient, running: Running, database: Database, moving_clock: MovableClock
) -> None:
    came_at = moving_clock()
    moving_clock.forward(seconds=20)
    ping_unanswered(app, page)
    running.round(moving_clock())
    with database.reading() as db:
        assert {event.at for event in db.scalars(select(ProctorEvent))} == {came_at}
    assert kinds(database) == ["CONNECTED", "DISCONNECTED"]


def test_two_pages_of_one_candidate_are_away_when_both_went(
    page: SocketIOTestClient, join: Join, sitter: Sitter, wall: Wall
) -> None:
    second = join(sitter, "/candidate", sitter.line_auth())
    page.disconnect("/candidate")
    assert wall.tile(sitter)["is_connected"]
    second.disconnect("/candidate")
    assert not wall.tile(sitter)["is_connected"]


def test_a_revoked_login_loses_its_connection(
    page: SocketIOTestClient, sitter: Sitter, screen: SocketIOTestClient, wall: Wall, running: Running,
    moving_clock: MovableClock,
) -> None:  # fmt: skip
    running.round(moving_clock())
    assert page.is_connected("/candidate")
    sitter.post("/api/logout")
    wall.post("/api/logout")
    moving_clock.forward(seconds=4)
    running.round(moving_clock())
    assert page.is_connected("/candidate")
    moving_clock.forward(seconds=1)
    running.round(moving_clock())
    assert not page.is_connected("/candidate")
    assert not screen.is_connected("/proctor")


def test_a_proctor_no_longer_assigned_loses_the_wall(
    screen: SocketIOTestClient, world: World, running: Running, database: Database, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        membership.assign(db, world.exam_session.id, [], by=world.by("office"), now=moving_clock())
    running.round(moving_clock())
    assert not screen.is_connected("/proctor")


def test_frames_end_with_the_sitting(
    page: SocketIOTestClient, sitter: Sitter, running: Running, moving_clock: MovableClock
) -> None:
    assert sitter.hand_in().status_code == 200
    running.round(moving_clock())
    meta = {"seq": 1, "taken_at": "2026-11-23T01:00:00Z"}
    assert told(page, "frame", meta, pictures.scene(1))["code"] == "sitting_ended"


def test_a_message_of_tiles_is_small(wall: Wall) -> None:
    tile = wall.state()["tiles"][0]
    event = {"id": str(tile["sitting_id"]), "kind": "FULLSCREEN_ENTERED", "at": "2026-11-23T01:00:00.123456+00:00"}
    command = event | {"shown_at": event["at"]}
    full = tile | {"last_alert": event, "last_event": event, "command": command, "name": "名" * 80}
    assert len(json.dumps([full] * TILES_A_MESSAGE)) + 1000 < MOST_SENT_BYTES
