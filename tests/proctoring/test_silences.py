"""A room whose network fails: seen by the server alone, proposed to those who were silent."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import exam_rooms
import pytest
from flask import Flask
from sitters import Sitter
from walls import Wall
from world import World

from examsvc import worker
from examsvc.core.clock import MovableClock
from examsvc.core.db import Database, get
from examsvc.delivery import enrolling
from examsvc.delivery.enrolling import Person
from examsvc.delivery.ledger.models import Outage
from examsvc.delivery.ledger.states import Cause
from examsvc.delivery.models import Enrolment
from proctoring import watching
from proctoring.network_outages import SETTLED_AFTER
from proctoring.states import EventKind

Away = Callable[..., None]
LATECOMERS = (Person("周舟", "310101199001010012"), Person("赵一", "310101199001010039"))


@pytest.fixture
def away(database: Database, moving_clock: MovableClock) -> Away:
    """Those candidates lose their connections now and are back after so many seconds, one each; then all is settled."""

    def lose(*returning: tuple[Sitter, int]) -> None:
        began = moving_clock()
        with database.transaction() as db:
            for sitter, seconds in returning:
                sitting_id = sitter.enrolment.sitting.id
                watching.notice(db, sitting_id, EventKind.DISCONNECTED, at=began)
                back = began + timedelta(seconds=seconds)
                watching.notice(db, sitting_id, EventKind.CONNECTED, at=back, away_seconds=seconds)
        moving_clock.at = began + timedelta(seconds=max(seconds for _, seconds in returning)) + SETTLED_AFTER

    return lose


@pytest.fixture
def seated(sitters: list[Sitter], database: Database, moving_clock: MovableClock) -> list[Sitter]:
    """Three candidates at their papers, each with a line to the proctors."""
    for sitter in sitters:
        sitter.begin()
        with database.transaction() as db:
            watching.notice(db, sitter.enrolment.sitting.id, EventKind.CONNECTED, at=moving_clock())
    moving_clock.forward(seconds=60)
    return sitters


def credits_of(wall: Wall) -> dict[str, int]:
    """Return what is proposed to whom, in seconds."""
    ledger: dict[str, Any] = wall.get(f"{wall.path}/time-ledger").json
    return {credit["name"]: credit["seconds"] for outage in ledger["items"] for credit in outage["credits"]}


def test_a_room_that_was_silent_together_is_proposed_what_each_was_silent(
    wall: Wall, seated: list[Sitter], away: Away, database: Database
) -> None:
    first, second, _ = seated
    away((first, 60), (second, 40))
    worker.sweep_once(database)
    worker.sweep_once(database)
    assert credits_of(wall) == {name(first): 40, name(second): 40}
    [outage] = wall.get(f"{wall.path}/time-ledger").json["items"]
    assert outage["cause"] == "ROOM_NETWORK"


def test_the_outage_of_one_room_explains_nothing_in_another(
    wall: Wall, seated: list[Sitter], away: Away, world: World, database: Database, moving_clock: MovableClock
) -> None:
    began = moving_clock()
    with database.transaction() as db:
        act: dict[str, Any] = {"by": world.by("office"), "now": began}
        rooms = [exam_rooms.give_room(db, world.exam_session.id, **act) for _ in range(2)]
        for sitter, room in zip(seated, (rooms[0], rooms[1], rooms[1]), strict=True):
            get(db, Enrolment, sitter.enrolment.id).session_room_id = room.id
    away((seated[1], 60), (seated[2], 60))
    with database.transaction() as db:
        of_first = {"exam_session_id": world.exam_session.id, "session_room_id": rooms[0].id, "from_at": began}
        ended = {"to_at": began + timedelta(seconds=50), "noted_at": moving_clock(), "proposed_at": moving_clock()}
        db.add(Outage(cause=Cause.ROOM_NETWORK, **of_first, **ended))
    worker.sweep_once(database)
    worker.sweep_once(database)
    assert credits_of(wall) == {name(seated[1]): 60, name(seated[2]): 60}


def test_a_room_is_those_who_have_not_handed_in_yet(
    wall: Wall,
    app: Flask,
    seated: list[Sitter],
    away: Away,
    world: World,
    database: Database,
    moving_clock: MovableClock,
) -> None:
    act: dict[str, Any] = {"by": world.by("office"), "now": moving_clock()}
    with database.transaction() as db:
        more = [enrolling.enrol(db, world.exam_session.id, person, **act) for person in LATECOMERS]
    staying = [Sitter(app, enrolment, moving_clock).begin() for enrolment in more]
    for sitter in seated:
        assert sitter.hand_in().status_code == 200
    moving_clock.forward(seconds=30)
    away((staying[0], 60), (staying[1], 60))
    worker.sweep_once(database)
    assert credits_of(wall) == {name(staying[0]): 60, name(staying[1]): 60}


def test_nothing_is_proposed_before_everybody_who_was_lost_is_found(
    wall: Wall, seated: list[Sitter], away: Away, database: Database, moving_clock: MovableClock
) -> None:
    away((seated[0], 60), (seated[1], 60))
    moving_clock.forward(seconds=-1)
    worker.sweep_once(database)
    assert credits_of(wall) == {}
    moving_clock.forward(seconds=1)
    worker.sweep_once(database)
    assert set(credits_of(wall).values()) == {60}


def test_one_who_is_silent_alone_is_proposed_nothing(
    wall: Wall, seated: list[Sitter], away: Away, database: Database
) -> None:
    away((seated[0], 300))
    worker.sweep_once(database)
    assert credits_of(wall) == {}


def test_whose_answers_came_meanwhile_was_not_silent_until_then(
    wall: Wall, seated: list[Sitter], away: Away, database: Database, moving_clock: MovableClock
) -> None:
    first, second, third = seated
    at = moving_clock()
    moving_clock.forward(seconds=25)
    first.answer()  # plain HTTP went on
    moving_clock.at = at
    away((first, 60), (second, 60), (third, 60))
    worker.sweep_once(database)
    assert credits_of(wall) == {name(first): 35, name(second): 60, name(third): 60}


def test_a_proctor_says_that_it_was_the_centres_network(
    wall: Wall, seated: list[Sitter], away: Away, database: Database, moving_clock: MovableClock
) -> None:
    began = moving_clock()
    away((seated[0], 300))
    body = {
        "from_at": (began - timedelta(seconds=30)).isoformat(),
        "to_at": (began + timedelta(seconds=200)).isoformat(),
        "reason": "交换机重启",
    }
    ledger = wall.post(f"{wall.path}/outages", body)
    assert ledger.status_code == 201
    assert credits_of(wall) == {name(seated[0]): 200}
    assert ledger.json["items"][0]["note"] == "交换机重启"
    worker.sweep_once(database)
    assert credits_of(wall) == {name(seated[0]): 200}


def test_what_a_proctor_says_does_not_make_anybody_silent(
    wall: Wall, stranger: Wall, seated: list[Sitter], moving_clock: MovableClock
) -> None:
    now = moving_clock()
    body = {"from_at": (now - timedelta(minutes=5)).isoformat(), "to_at": now.isoformat(), "reason": "断网"}
    assert wall.post(f"{wall.path}/outages", body).json["code"] == "nobody_silent"
    assert stranger.post(f"{wall.path}/outages", body).status_code == 404
    for wrong in ({"to_at": body["from_at"]}, {"to_at": (now + timedelta(seconds=1)).isoformat()}):
        assert wall.post(f"{wall.path}/outages", {**body, **wrong}).json["code"] == "bad_outage"
    assert wall.get(f"{wall.path}/time-ledger").json["items"] == []


def declared(wall: Wall, began: datetime, *, seconds: int) -> Any:
    ends_at = began + timedelta(seconds=seconds)
    body = {"from_at": began.isoformat(), "to_at": ends_at.isoformat(), "reason": "交换机断电"}
    return wall.post(f"{wall.path}/outages", body)


def test_pages_without_a_line_are_credited_what_the_server_did_not_hear_of_them(
    wall: Wall, sitters: list[Sitter], moving_clock: MovableClock
) -> None:
    first, second, third = (sitter.begin() for sitter in sitters)
    began = moving_clock.forward(seconds=60)
    for each in sitters:
        each.answer()  # the last that was heard of all three
    moving_clock.forward(seconds=100)
    second.answer()
    for _ in range(9):
        third.answer()
        moving_clock.forward(seconds=20)
    first.answer()  # the network is back after 280 seconds
    answer = declared(wall, began, seconds=280)
    assert answer.status_code == 201
    assert credits_of(wall) == {name(first): 280, name(second): 280, name(third): 100}


def test_a_page_without_a_line_that_was_heard_all_the_while_lost_nothing(
    wall: Wall, sitter: Sitter, send_frame: Callable[..., Any], moving_clock: MovableClock
) -> None:
    began = moving_clock()
    for number in range(9):
        if number % 3 == 0:
            sitter.answer()
        elif number % 3 == 1:
            body = {"events": [{"kind": "TAB_HIDDEN"}]}
            assert sitter.post(f"{sitter.path}/events", body).status_code < 300
        else:
            wall.order("MESSAGE", sitter, text="请坐正")
            shown = sitter.get(f"{sitter.path}/commands").json["items"][-1]
            assert sitter.post(f"{sitter.path}/commands/{shown['id']}/shown").status_code == 204
        moving_clock.forward(seconds=40)
    assert declared(wall, began, seconds=350).json["code"] == "nobody_silent"


def test_who_lost_the_line_before_and_goes_on_by_http_is_one_without_a_line(
    wall: Wall, seated: list[Sitter], database: Database, moving_clock: MovableClock
) -> None:
    with database.transaction() as db:
        watching.notice(db, seated[0].enrolment.sitting.id, EventKind.DISCONNECTED, at=moving_clock())
    moving_clock.forward(minutes=5)
    seated[0].answer()
    began = moving_clock.forward(seconds=10)
    moving_clock.forward(seconds=200)
    seated[0].answer()
    moving_clock.forward(seconds=5)
    assert declared(wall, began, seconds=205).status_code == 201
    assert credits_of(wall) == {name(seated[0]): 200}


def name(sitter: Sitter) -> str:
    return sitter.enrolment.candidate.name
