"""Where a proctor acts: in the room they serve in, and everywhere as a chief or from afar."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import exam_rooms
import misconduct
import pytest
from callers import Caller
from flask import Flask
from flask_socketio.test_client import SocketIOTestClient
from sitters import Sitter
from walls import Wall
from world import World

from examsvc.app import socket_server
from examsvc.core import ids
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery.models import Enrolment, SessionRoom
from examsvc.delivery.rooms import using
from proctoring import membership

Told = dict[str, Any]
REFUSED = (403, "not_your_room")


@dataclass
class Floor:
    """proctor1 serves in the first room, whose candidate comes first; proctor2 is chief, and serves in the second."""

    first: UUID
    second: UUID
    near: Sitter
    far: Sitter
    own: Wall
    chief: Wall


@pytest.fixture
def rooms(database: Database, world: World, sitters: list[Sitter]) -> tuple[UUID, UUID]:
    """Two rooms: the world's own, and another where the last candidate sits."""
    with database.transaction() as db:
        first = using.rooms_of(db, world.exam_session.id)[0]
        place = exam_rooms.add_room(db, world.organisation.id, "二号机房", by=world.by("office"), now=world.now)
        second = SessionRoom(exam_session_id=world.exam_session.id, room_id=place.id, number=2, capacity=30)
        db.add(second)
        db.flush()
        get(db, Enrolment, sitters[-1].enrolment.id).session_room_id = second.id
        return first.id, second.id


@pytest.fixture
def floor_of(app: Flask, database: Database, world: World, rooms: tuple[UUID, UUID], sitters: list[Sitter]) -> Floor:
    one, two = (world.staff[name].id for name in ("proctor1", "proctor2"))
    posts = dict(zip((one, two), rooms, strict=True))
    with database.transaction() as db:
        act: Told = {"by": world.by("office"), "now": world.now}
        membership.assign(db, world.exam_session.id, [one, two], chief_ids=[two], rooms=posts, **act)
    walls = [Wall(app, world.exam_session.id) for _ in range(2)]
    for wall, name in zip(walls, ("proctor1", "proctor2"), strict=True):
        wall.log_in(name)
    return Floor(*rooms, sitters[0].begin(), sitters[-1].begin(), *walls)


def connected(app: Flask, caller: Caller, namespace: str, auth: dict[str, str]) -> SocketIOTestClient:
    return SocketIOTestClient(app, socket_server(app), namespace=namespace, auth=auth, flask_test_client=caller.client)


def outcome(answer: Any) -> tuple[int, str | None]:
    return answer.status_code, answer.json.get("code")


def test_a_command_is_given_in_ones_own_room_and_refused_elsewhere(floor_of: Floor) -> None:
    own, far = floor_of.own, floor_of.far
    assert own.order("PAUSE", floor_of.near).json["reached"] == 1
    for kind in ("MESSAGE", "EXTEND", "PAUSE", "ALLOW_HAND_IN", "TERMINATE"):
        assert outcome(own.order(kind, far, seconds=60)) == REFUSED
    assert own.order("MESSAGE", far).json["room"] == "S1 第1考场"
    assert (far.view()["state"], own.tile(far)["command"]) == ("IN_PROGRESS", None)


def test_a_room_is_commanded_by_its_proctors_and_all_rooms_by_a_chief(floor_of: Floor) -> None:
    own, chief = floor_of.own, floor_of.chief
    in_rooms = [own.order("MESSAGE", session_room_id=str(room)) for room in (floor_of.first, floor_of.second)]
    assert in_rooms[0].status_code == 200
    assert outcome(in_rooms[1]) == outcome(own.order("MESSAGE")) == REFUSED
    assert chief.order("MESSAGE", session_room_id=str(floor_of.first)).status_code == 200
    assert chief.order("MESSAGE").json["reached"] == 3


def test_the_post_says_the_only_room_to_act_in(floor_of: Floor) -> None:
    told = [wall.get(f"{wall.path}/post").json for wall in (floor_of.own, floor_of.chief)]
    assert [one["is_chief"] for one in told] == [False, True]
    assert told[0]["room"] == {"id": str(floor_of.first), "number": 1, "name": "S1 第1考场"}
    assert told[1]["room"] is None


def test_a_wall_shows_all_rooms_to_whoever_acts_in_one(floor_of: Floor) -> None:
    assert len(floor_of.own.state()["tiles"]) == 3
    assert floor_of.own.get(f"{floor_of.far.path}/timeline").status_code == 200


@pytest.mark.parametrize(
    ("step", "body"),
    [
        ("check-in", {"document_type": "ID_CARD"}),
        ("turning-away", {"grounds": "NO_TICKET", "note": "", "document_type": None}),
        ("undoing", {"reason": "点错"}),
    ],
)
def test_at_the_door_of_another_room_one_only_looks(floor_of: Floor, world: World, step: str, body: Told) -> None:
    base = f"/api/door/{world.exam_session.id}"
    far = floor_of.far.enrolment.sitting.id
    assert outcome(floor_of.own.post(f"{base}/sittings/{far}/{step}", body)) == REFUSED
    rolls = [floor_of.own.get(f"{base}/rooms/{room}").json for room in (floor_of.first, floor_of.second)]
    assert [roll["may_act"] for roll in rolls] == [True, False]
    absences = [
        wall.post(f"{base}/rooms/{floor_of.second}/absences", {"sitting_ids": []})
        for wall in (floor_of.own, floor_of.chief)
    ]
    assert [one.json["code"] for one in absences] == ["not_your_room", "absence_too_early"]


def test_an_incident_is_opened_and_decided_in_ones_own_room(floor_of: Floor) -> None:
    told = {"category": "BEHAVIOUR", "note": "低头"}
    assert outcome(floor_of.own.post(f"{floor_of.far.path}/incidents", told)) == REFUSED
    incident = floor_of.chief.post(f"{floor_of.far.path}/incidents", told).json["id"]
    decided = {"outcome": "DISMISSED", "note": "查无异常"}
    assert outcome(floor_of.own.post(f"/api/incidents/{incident}/decision", decided)) == REFUSED
    assert floor_of.chief.post(f"/api/incidents/{incident}/decision", decided).status_code == 200


def test_a_seat_of_another_room_is_not_handed_over(floor_of: Floor) -> None:
    own, far = floor_of.own, floor_of.far.enrolment.sitting.id
    path = f"{own.path}/sittings/{far}"
    assert outcome(own.post(f"{path}/hand-over", {"reason": "死机"})) == REFUSED
    assert outcome(own.post(f"{path}/spare-machine", {"reason": "死机", "code": "ABCD2345"})) == REFUSED
    assert floor_of.chief.post(f"{path}/hand-over", {"reason": "死机"}).status_code == 201


def test_misconduct_in_another_room_is_witnessed_but_not_recorded(
    floor_of: Floor, database: Database, world: World, moving_clock: MovableClock
) -> None:
    now = moving_clock()
    facts = {"id": str(ids.new_id()), "kind": "SERIOUS", "facts": "查看手机", "place": "二号机房"}
    path, sent = f"{floor_of.far.path}/misconduct-records", {**facts, "happened_at": now.isoformat()}
    assert outcome(floor_of.own.post(path, sent)) == REFUSED
    record = floor_of.chief.post(path, sent).json
    one = f"/api/misconduct-records/{record['id']}"
    told = floor_of.chief.post(f"{one}/telling", {"statement": "", "digest": record["digest"]}).json
    assert floor_of.own.get(one).json["may"] == {"keep": False, "witness": True, "rule": False, "revoke": False}
    assert outcome(floor_of.own.post(f"{one}/statements", {"statement": "补充"})) == REFUSED
    signed = {"digest": told["digest"], "note": "拒绝签名"}
    assert outcome(floor_of.own.post(f"{one}/signature", {"digest": told["digest"], **misconduct.STROKES})) == REFUSED
    assert floor_of.own.post(f"{one}/witnesses", {"typed_name": "proctor1先生", **signed}).json["state"] == "REFUSED"


def test_who_serves_in_no_room_acts_in_all(floor_of: Floor, database: Database, world: World) -> None:
    with database.transaction() as db:
        one, two = (world.staff[name].id for name in ("proctor1", "proctor2"))
        act: Told = {"by": world.by("office"), "now": world.now}
        membership.assign(db, world.exam_session.id, [two, one], chief_ids=[two], rooms={one: None}, **act)
    assert floor_of.own.order("PAUSE", floor_of.far).json["reached"] == 1
    assert floor_of.own.order("MESSAGE").status_code == 200


@pytest.mark.slow
def test_nothing_reaches_a_page_in_another_room_by_the_socket(app: Flask, floor_of: Floor, world: World) -> None:
    pages = [connected(app, one, "/candidate", one.line_auth()) for one in (floor_of.near, floor_of.far)]
    screen = connected(app, floor_of.own, "/proctor", {"exam_session_id": str(world.exam_session.id)})
    assert screen.is_connected("/proctor")
    floor_of.own.order("MESSAGE", floor_of.near, text="请安静")
    floor_of.own.order("MESSAGE", floor_of.far, text="请安静")
    floor_of.own.order("MESSAGE", session_room_id=str(floor_of.second), text="请安静")
    heard = [[one["name"] for one in page.get_received("/candidate") if one["name"] == "command"] for page in pages]
    assert heard == [["command"], []]
